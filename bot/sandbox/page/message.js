// One message: who, when, what, its reactions, its thread, and what can be done with it.
import { act } from "./live.js";
import { renderBlocks } from "./blocks.js";
import { h, safeHref } from "./dom.js";
import { emojiOf, QUICK } from "./emoji.js";
import { createForm } from "./form.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { appBadge, avatar } from "./people.js";
import { react, reactButton, reactionRow } from "./reactions.js";
import { openThread } from "./route.js";
import { nameOf, now, store } from "./store.js";
import { ago, dateFormat, fromTs, fullTime, timeOf } from "./time.js";
import { toast } from "./toast.js";

const forms = new Map(); // "channel ts" → what was chosen in the message's own fields

/** place: the channel's id; compact: the same person wrote the message before; inThread: shown in the thread pane. */
export function messageNode(message, { place, compact, inThread, fresh }) {
  const time = fromTs(message.ts);
  const stamp = h("time", { class: "stamp", datetime: time.toISOString(), title: fullTime(time) }, timeOf(time));
  const classes = [
    "message",
    compact && "compact",
    message.ephemeral && "ephemeral",
    fresh && "fresh",
    systemic(message) && "systemic",
  ]
    .filter(Boolean)
    .join(" ");
  const edited = message.edited && h("span", { class: "edited" }, " (edited)");
  const author = message.name && nameOf(message.user) === message.user ? message.name : nameOf(message.user);
  return h(
    "article",
    {
      class: classes,
      tabindex: "-1",
      "data-ts": message.ts,
      "data-channel": place,
      "data-user": message.user,
      "data-ephemeral": message.ephemeral ? "true" : null,
      "aria-label": `${author}, ${timeOf(time)}`,
      "data-focus": `message ${message.ts}`,
      onclick: touched,
      onkeydown: walk,
    },
    message.ephemeral && h("div", { class: "only-you" }, icon("eye", 14), "Only visible to you"),
    message.broadcast && broadcastLine(message, inThread),
    h("div", { class: "gutter" }, compact ? stamp : avatar(message.user)),
    h(
      "div",
      { class: "body" },
      !compact &&
        h(
          "div",
          { class: "byline" },
          h("span", { class: "author" }, author),
          appBadge(message.user),
          stamp,
          message.blocks?.length > 0 && edited,
        ),
      h("div", { class: "content" }, content(message, place), (compact || !message.blocks?.length) && edited),
      reactionRow(message, place),
      !inThread && message.reply_count > 0 && replies(message, place),
    ),
    !message.ephemeral && toolbar(message, place, inThread),
  );
}

const systemic = (message) =>
  /^(channel|group)_(join|leave|topic|purpose|archive|unarchive|name|convert)/.test(message.subtype ?? "");

function content(message, place) {
  const body = message.blocks?.length
    ? h("div", { class: "blocks" }, renderBlocks(message.blocks, surfaceOf(message, place)))
    : h("div", { class: "text" }, mrkdwn(message.text));
  return [body, (message.files ?? []).map(fileNode)];
}

function surfaceOf(message, place) {
  const key = `${place} ${message.ts}`;
  if (!forms.has(key)) forms.set(key, createForm());
  const form = forms.get(key);
  const dispatch = (block, element, payload) =>
    act("click", {
      channel: place,
      ts: message.ts,
      thread_ts: message.thread_ts ?? undefined,
      block_id: block.block_id,
      action_id: element.action_id,
      type: element.type,
      state: form.state(message.blocks),
      ...payload,
    });
  return { form, dispatch };
}

function fileNode(file) {
  const src = file.url_private ?? file.url ?? file.permalink ?? "";
  const href = src.startsWith("/") ? src : safeHref(src);
  if (!href) return null;
  const title = file.title ?? file.name ?? "file";
  return /^image\//.test(file.mimetype ?? "") || /\.(png|jpe?g|gif|svg)$/i.test(src)
    ? h(
        "figure",
        { class: "block-image" },
        h("figcaption", {}, title),
        h("img", { class: "block-img", src: href, alt: file.alt_txt ?? title }),
      )
    : h("a", { class: "file", href, target: "_blank", rel: "noopener noreferrer" }, icon("bookmark", 16), title);
}

function broadcastLine(message, inThread) {
  if (inThread) return h("div", { class: "only-you" }, icon("hash", 14), "Also sent to the channel");
  return h(
    "div",
    { class: "only-you" },
    icon("reply", 14),
    h(
      "button",
      {
        type: "button",
        class: "linklike",
        onclick: () => openThread(message.channel ?? store.place.channel, message.thread_ts),
      },
      "replied to a thread",
    ),
  );
}

function replies(message, place) {
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  const last = message.latest_reply && fromTs(message.latest_reply);
  const when =
    last && (Math.abs(now() - last) < 3600e3 ? ago(last) : dateFormat(last, "{date_short_pretty} at {time}"));
  return h(
    "button",
    {
      class: "replies",
      type: "button",
      "data-focus": "replies",
      "aria-label": `${count}, open thread`,
      onclick: () => openThread(place, message.ts),
    },
    h(
      "span",
      { class: "faces" },
      (message.reply_users ?? []).slice(0, 4).map((id) => avatar(id, "xs")),
    ),
    h("span", { class: "reply-count" }, count),
    when && h("span", { class: "reply-when" }, `Last reply ${when}`),
  );
}

function toolbar(message, place, inThread) {
  const mine = new Set((message.reactions ?? []).filter((one) => one.mine).map((one) => one.name));
  const tool = (label, inside, onclick, more = {}) =>
    h(
      "button",
      { type: "button", class: "tool", "aria-label": label, title: label, "data-focus": label, onclick, ...more },
      inside,
    );
  const more = tool(
    "More message actions",
    icon("dots"),
    () => openMenu(more, shortcuts(message, place), { label: "Message actions", align: "end" }),
    { "aria-haspopup": "menu", "aria-expanded": "false" },
  );
  return h(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    QUICK.map((name) =>
      tool(`React with ${name.replaceAll("_", " ")}`, h("span", { class: "emoji" }, emojiOf(name)), () =>
        react(place, message.ts, name, mine.has(name)),
      ),
    ),
    reactButton((name) => react(place, message.ts, name, mine.has(name)), "tool"),
    !inThread && tool("Reply in thread", icon("reply"), () => openThread(place, message.thread_ts ?? message.ts)),
    more,
  );
}

function shortcuts(message, place) {
  const ours = store.state.shortcuts.filter(({ type }) => type === "message");
  return [
    ...ours.map(({ callback_id: id, name }) => ({
      label: name,
      detail: store.state.bot.name,
      lead: avatar(store.state.bot.id, "xs"),
      onselect: () => act("message_shortcut", { callback_id: id, channel: place, ts: message.ts }),
    })),
    { label: "Copy text", lead: icon("list", 16), onselect: () => copy(plain(message.text ?? "")) },
    {
      label: "Copy link",
      lead: icon("link", 16),
      onselect: () =>
        copy(`https://${store.state.team.domain}.slack.com/archives/${place}/p${message.ts.replace(".", "")}`),
    },
  ];
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.", { kind: "note" });
  } catch {
    toast("This browser does not let the page copy.");
  }
}

/** Where nothing hovers, a tap on a message shows its tools. */
function touched(event) {
  if (event.target.closest("a, button, input, textarea, select, label")) return;
  const on = event.currentTarget.classList.contains("active");
  for (const other of document.querySelectorAll(".message.active")) other.classList.remove("active");
  event.currentTarget.classList.toggle("active", !on);
}

function walk(event) {
  if (event.target !== event.currentTarget) return;
  const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (!step) return;
  event.preventDefault();
  let next = event.currentTarget[step];
  while (next && !next.matches(".message")) next = next[step];
  next?.focus();
}
