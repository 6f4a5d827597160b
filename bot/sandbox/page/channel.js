// The middle of the page: a channel's header, bookmarks, messages and composer.
import { act } from "./live.js";
import { createComposer } from "./composer.js";
import { fill, h, safeHref } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { createFeed } from "./feed.js";
import { hintsNode } from "./hints.js";
import { homeNode } from "./home.js";
import { icon } from "./icons.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { appBadge, avatar, isBot } from "./people.js";
import { placeMenu } from "./placemenu.js";
import { openChannel, openHome, takeWanted, wantedMessage } from "./route.js";
import { channel, peerOf, store, titleOf } from "./store.js";

const head = h("div", { class: "head" });
const hints = h("div", { class: "hints-place" });
const foot = h("div", { class: "foot" });
const home = h("div", { class: "home", hidden: true });
const feed = createFeed({ label: "Messages", head: intro });
const composer = createComposer({ thread: false, onsend: () => feed.toBottom() });
let shown = null; // which place the feed holds
let newFrom = null; // the first message that was unread on entering
let unread = 0;
let headSign = "";

export function mountChannel(root) {
  root.append(head, hints, home, feed.node, foot);
}

export function renderChannel(root) {
  const isHome = store.place.kind === "home";
  const place = channel(store.place.channel);
  root.dataset.channel = isHome ? "home" : (place?.id ?? "");
  root.toggleAttribute("data-archived", Boolean(place?.archived) && !isHome);
  fill(hints, hintsNode());
  home.hidden = !isHome;
  feed.node.hidden = foot.hidden = isHome || !place;
  renderHead(isHome, place);
  if (isHome) {
    shown = null;
    homeNode(home);
  } else if (place) renderFeed(place);
}

function renderHead(isHome, place) {
  const app = isHome || (place?.kind === "dm" && isBot(peerOf(place)));
  const sign = JSON.stringify([
    isHome,
    unreadElsewhere(),
    mentionsElsewhere(),
    place && { ...place, unread: 0, mentions: 0 },
    store.me,
    store.state.bot,
  ]);
  if (sign === headSign) return;
  headSign = sign;
  const calls = mentionsElsewhere();
  document.title = `${calls ? `(${calls}) ` : ""}${isHome ? "App Home" : titleOf(place) || "Tocsin"} · ${store.state.team.name}`;
  fill(head, app ? appHead(isHome) : place && channelHead(place));
}

const elsewhere = () => store.state.channels.filter((one) => one.id !== store.place.channel);
const unreadElsewhere = () => elsewhere().some((one) => one.unread > 0);
const mentionsElsewhere = () =>
  elsewhere().reduce((sum, one) => sum + (one.kind === "dm" ? one.unread : one.mentions), 0);

const drawerButton = () =>
  h(
    "button",
    {
      type: "button",
      class: "ghost only-narrow drawer-button",
      "aria-label": "Open the channel list",
      "data-unread": unreadElsewhere() ? mentionsElsewhere() : null,
      "data-focus": "drawer",
      onclick: () => {
        document.body.classList.add("drawer");
        document.querySelector("#sidebar button")?.focus();
      },
    },
    icon("menu", 20),
  );

function channelHead(place) {
  const dm = place.kind === "dm";
  const lead = dm
    ? avatar(peerOf(place), "s")
    : icon(place.archived ? "archive" : place.kind === "private" ? "lock" : "hash", 18);
  return [
    h(
      "div",
      { class: "head-row" },
      drawerButton(),
      h(
        "div",
        { class: "head-words" },
        h(
          "h1",
          { class: "head-name" },
          lead,
          h("span", {}, titleOf(place)),
          place.archived && h("span", { class: "badge-state" }, "archived"),
        ),
        place.topic &&
          h("div", { class: "head-topic", title: plain(place.topic) }, mrkdwn(place.topic.replaceAll("\n", " "))),
      ),
      !dm &&
        place.members > 0 &&
        h(
          "span",
          { class: "head-members", title: `${place.members} members` },
          icon("people", 16),
          String(place.members),
        ),
      !dm && placeMenu(place),
    ),
    place.bookmarks?.length > 0 &&
      h("div", { class: "bookmarks", role: "navigation", "aria-label": "Bookmarks" }, place.bookmarks.map(bookmark)),
  ];
}

function bookmark({ title, link, emoji }) {
  const lead = emoji
    ? h("span", { class: "emoji" }, emojiOf(emoji.replaceAll(":", "")) ?? emoji)
    : icon("bookmark", 14);
  const inside = mrkdwn(`<${link}|x>`).querySelector("a");
  const href = inside?.getAttribute("href") ?? safeHref(link);
  return h(
    "a",
    {
      class: "bookmark",
      href,
      target: href?.startsWith("#") ? null : "_blank",
      rel: "noopener noreferrer",
      title: link,
    },
    lead,
    title,
  );
}

function appHead(isHome) {
  const { bot } = store.state;
  const dm = store.state.channels.find((one) => one.kind === "dm" && peerOf(one) === bot.id);
  const tab = (label, on, onclick) =>
    h(
      "button",
      { type: "button", role: "tab", class: "tab", "aria-selected": String(on), "data-focus": `tab ${label}`, onclick },
      label,
    );
  return [
    h(
      "div",
      { class: "head-row" },
      drawerButton(),
      h("h1", { class: "head-name" }, avatar(bot.id, "s"), h("span", {}, bot.name), appBadge(bot.id)),
    ),
    h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": bot.name },
      tab("Home", isHome, openHome),
      dm && tab("Messages", !isHome, () => openChannel(dm.id)),
    ),
  ];
}

function renderFeed(place) {
  const messages = store.feeds.get(place.id);
  const entered = shown !== `${store.me} ${place.id}`;
  if (entered) {
    shown = `${store.me} ${place.id}`;
    if (place.kind === "dm" && isBot(peerOf(place))) act("home", { tab: "messages" }, { quiet: true });
    unread = place.unread;
    newFrom = null;
    feed.reset();
    feed.label(`Messages in ${titleOf(place)}`);
    renderFoot(place);
  } else renderFoot(place);
  if (!messages) return;
  if (unread) {
    newFrom = messages.filter((one) => one.user !== store.me && !one.ephemeral).at(-unread)?.ts ?? null;
    unread = 0;
  }
  feed.update(messages, { place: place.id, newFrom });
  if (!store.place.thread && wantedMessage() && feed.show(wantedMessage())) takeWanted();
}

function renderFoot(place) {
  const wanted = place.archived ? "archived" : place.member ? "composer" : "join";
  composer.update(place);
  if (foot.dataset.kind === `${wanted} ${place.id}`) return;
  foot.dataset.kind = `${wanted} ${place.id}`;
  if (wanted === "composer") fill(foot, composer.node);
  else if (wanted === "archived")
    fill(
      foot,
      h(
        "div",
        { class: "instead archived" },
        icon("archive"),
        "This channel is archived: it can be read, and nothing can be added.",
      ),
    );
  else {
    fill(
      foot,
      h(
        "div",
        { class: "instead" },
        h("span", {}, "You are looking at ", h("strong", {}, `#${place.name}`), "."),
        h(
          "button",
          { class: "button primary", type: "button", onclick: () => act("join", { channel: place.id }) },
          "Join channel",
        ),
      ),
    );
  }
}

function intro() {
  const place = channel(store.place.channel);
  if (!place) return null;
  if (place.kind === "dm") {
    const peer = peerOf(place);
    const words = isBot(peer)
      ? "What only you need to know comes here: pages, reminders, hand-overs, your role’s duties."
      : `This conversation is just between you and ${titleOf(place)}.`;
    return [avatar(peer, "l"), h("h2", {}, titleOf(place)), h("p", {}, words)];
  }
  const secret = place.kind === "private";
  const words = secret
    ? "The start of this private channel. Only its members can see it."
    : `The start of #${place.name}.`;
  return [
    h("span", { class: "intro-icon" }, icon(secret ? "lock" : "hash", 26)),
    h("h2", {}, place.name),
    h("p", {}, words),
  ];
}
