// The thread pane at the right: a message, its replies, and a composer of its own.
import { createComposer } from "./composer.js";
import { fill, h } from "./dom.js";
import { createFeed } from "./feed.js";
import { icon } from "./icons.js";
import { closeThread, takeWanted, wantedMessage } from "./route.js";
import { channel, feedKey, store, titleOf } from "./store.js";

const head = h("div", { class: "head" });
const feed = createFeed({ label: "Thread", inThread: true, below });
const composer = createComposer({ thread: true, onsend: () => feed.toBottom() });
let shown = null;

export function mountThread(root) {
  root.append(head, feed.node, h("div", { class: "foot" }, composer.node));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  });
}

function below(message) {
  if (message.ts !== store.place.thread) return null;
  const count = (store.feeds.get(feedKey(store.place.channel, store.place.thread)) ?? []).filter(
    (one) => one.ts !== message.ts && !one.ephemeral,
  ).length;
  return count ? `${count} ${count === 1 ? "reply" : "replies"}` : null;
}

export function renderThread(root) {
  const { channel: id, thread } = store.place;
  const place = channel(id);
  const open = Boolean(thread && place);
  root.hidden = !open;
  document.body.classList.toggle("with-thread", open);
  if (!open) {
    shown = null;
    return;
  }
  const key = `${store.me} ${feedKey(id, thread)}`;
  const entered = key !== shown;
  if (entered) {
    shown = key;
    feed.reset();
    fill(
      head,
      h(
        "div",
        { class: "head-row" },
        h("h1", { class: "head-name" }, "Thread"),
        h("div", { class: "head-topic" }, `${place.kind === "dm" ? "" : "#"}${titleOf(place)}`),
        h(
          "button",
          { type: "button", class: "ghost", "aria-label": "Close thread", onclick: closeThread },
          icon("close", 20),
        ),
      ),
    );
  }
  root.dataset.thread = thread;
  composer.node.hidden = place.archived || !place.member;
  composer.update(place, thread);
  const messages = store.feeds.get(feedKey(id, thread));
  if (messages) feed.update(messages, { place: id });
  if (messages && wantedMessage() && feed.show(wantedMessage())) takeWanted();
  // A phone's keyboard would hide what one came to read.
  if (entered && !composer.node.hidden && matchMedia("(hover: hover)").matches) composer.focus();
}
