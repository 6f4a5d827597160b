// Slack's own markup, as nodes: *bold* _italic_ ~strike~ `code`, links, mentions, dates, quotes, emoji.
import { append, fragment, h, safeHref } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { channel, nameOf, store } from "./store.js";
import { dateFormat, fullTime } from "./time.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const EMOJI = /:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/iy;
const ADDRESS = /https?:\/\/[^\s<>|`*]+[^\s<>|`*.,;:!?)'"\]]/iy;

/** `&lt;` and its two siblings, the only entities of Slack, undone. */
export const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Text with its emoji, nothing else read into it. */
export function plainText(text) {
  return fragment(
    plain(String(text ?? ""))
      .split(/(:[a-z0-9_+'-]+:)/i)
      .map((part) =>
        /^:.+:$/.test(part)
          ? emoji(part.slice(1, -1))
          : part.split(/(\n)/).map((line) => (line === "\n" ? h("br") : line)),
      ),
  );
}

/** A text object of Block Kit, or a bare string. */
export function textObject(text) {
  if (!text) return null;
  if (typeof text === "string") return plainText(text);
  return text.type === "mrkdwn" ? mrkdwn(text.text, { verbatim: text.verbatim }) : plainText(text.text);
}

export const wordsOf = (text) => plain(typeof text === "string" ? text : (text?.text ?? ""));

export function emoji(name) {
  const character = emojiOf(name);
  return character
    ? h(
        "span",
        { class: "emoji", title: `:${name}:`, role: "img", "aria-label": `${name.replaceAll("_", " ")}` },
        character,
      )
    : `:${name}:`;
}

export function mrkdwn(text, { verbatim = false } = {}) {
  const root = document.createDocumentFragment();
  String(text ?? "")
    .split(/```([\s\S]*?)```/)
    .forEach((part, at) => {
      if (at % 2) root.append(h("pre", {}, bare(part.replace(/^\n/, ""))));
      else append(root, paragraphs(at ? part.replace(/^\n/, "") : part, verbatim));
    });
  return root;
}

// Inside a code block only <…> is read.
const bare = (text) =>
  text.split(/(<[^<>\n]+>)/).map((part) => (/^<.+>$/s.test(part) ? angle(part.slice(1, -1)) : plain(part)));

function paragraphs(text, verbatim) {
  const out = [];
  let quoted = null;
  const lines = text.split("\n");
  lines.forEach((line, at) => {
    const mark = /^(&gt;|>) ?/.exec(line);
    if (mark) {
      if (quoted) quoted.append(h("br"));
      else out.push((quoted = h("blockquote")));
      append(quoted, inline(line.slice(mark[0].length), verbatim));
      return;
    }
    if (at > 0 && !quoted) out.push(h("br"));
    quoted = null;
    out.push(inline(line, verbatim));
  });
  return out;
}

/** One line. Each branch takes what it understands from the front, or one character. */
export function inline(text, verbatim = false, begins = true) {
  const out = [];
  let letters = "";
  const flush = () => {
    if (letters) out.push(plain(letters));
    letters = "";
  };
  for (let at = 0; at < text.length;) {
    const taken = special(text, at, verbatim, begins && at === 0);
    if (taken) {
      flush();
      out.push(taken.node);
      at = taken.end;
    } else {
      letters += text[at];
      at += 1;
    }
  }
  flush();
  return out;
}

function special(text, at, verbatim, begins) {
  const mark = text[at];
  if (mark === "`") {
    const end = text.indexOf("`", at + 1);
    return end > at + 1 && { node: h("code", {}, bare(text.slice(at + 1, end))), end: end + 1 };
  }
  if (mark === "<") {
    const end = text.indexOf(">", at);
    return end > at + 1 && { node: angle(text.slice(at + 1, end), begins), end: end + 1 };
  }
  if (mark === ":") {
    EMOJI.lastIndex = at;
    const found = EMOJI.exec(text);
    return found && emojiOf(found[1]) && { node: emoji(found[1]), end: EMOJI.lastIndex };
  }
  if (mark === "h" && !verbatim) {
    ADDRESS.lastIndex = at;
    const found = ADDRESS.exec(text);
    return found && !WORD.test(text[at - 1] ?? " ") && { node: link(plain(found[0]), null), end: ADDRESS.lastIndex };
  }
  const end = STYLES[mark] ? closing(text, at, mark) : 0;
  return end && { node: h(STYLES[mark], {}, inline(text.slice(at + 1, end), verbatim, begins)), end: end + 1 };
}

/** Where the style that opens at `at` closes: on a word's edge, not inside a link or code. 0 when it does not. */
function closing(text, at, mark) {
  if (WORD.test(text[at - 1] ?? " ") || /\s/.test(text[at + 1] ?? " ") || text[at + 1] === mark) return 0;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === "<" || text[end] === "`") {
      const far = text.indexOf(text[end] === "<" ? ">" : "`", end + 1);
      if (far > 0) end = far;
    } else if (text[end] === mark && end > at + 1 && !/\s/.test(text[end - 1]) && !WORD.test(text[end + 1] ?? " "))
      return end;
  }
  return 0;
}

/** What stands between < and >; `begins` says whether it begins a line. */
function angle(inside, begins = false) {
  const [target, ...rest] = inside.split("|");
  const label = rest.length ? plain(rest.join("|")) : null;
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!")) return bang(target.slice(1), label, begins);
  return link(plain(target), rest.length ? rest.join("|") : null);
}

export function mention(id, label) {
  const known = nameOf(id) !== id ? nameOf(id) : (label ?? id);
  return h("span", { class: id === store.me ? "mention mention-me" : "mention", "data-user": id }, `@${known}`);
}

export function channelLink(id, label) {
  const place = channel(id);
  const name = place?.name ?? label;
  if (!name) return h("span", { class: "mention" }, "a private channel");
  return h("a", { class: "mention", href: `#${id}` }, `#${name}`);
}

export function groupMention(id, label) {
  const group = store.state?.usergroups.find((one) => one.id === id);
  const handle = (group?.handle ?? label ?? id).replace(/^@/, "");
  return h("span", { class: "mention" }, `@${handle}`);
}

function bang(inside, label, begins) {
  const [kind, ...rest] = inside.split("^");
  if (kind === "subteam") return groupMention(rest[0], label);
  if (kind === "date") return dateNode(rest[0], plain(rest[1] ?? "{date_num}"), rest[2], label, begins);
  return h("span", { class: "mention mention-me" }, `@${kind}`);
}

export function dateNode(seconds, pattern, target, label, begins = false) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return label ?? "";
  const shown = h("time", { datetime: date.toISOString(), title: fullTime(date) }, dateFormat(date, pattern, { begins }));
  const href = target && safeHref(plain(target));
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, shown) : shown;
}

/** A link; one to a message of this workspace stays in the page. `label` is markup, or null for the address itself. */
export function link(url, label) {
  const shown = label === null ? url.replace(/^mailto:/, "") : inline(label, true);
  const inside = permalink(url);
  if (inside) return h("a", { href: inside, "data-href": url }, shown);
  const href = safeHref(url);
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, shown) : h("span", {}, shown);
}

function permalink(url) {
  const domain = store.state?.team.domain;
  const found =
    /^https?:\/\/([\w-]+)\.slack\.com\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:.*[?&]thread_ts=([\d.]+))?/.exec(
      url,
    );
  if (!found || found[1] !== domain) return null;
  const [, , place, seconds, micros, thread] = found;
  const ts = seconds ? `${seconds}.${micros}` : null;
  if (thread && thread !== ts) return `#${place}/thread/${thread}/${ts}`;
  return ts ? `#${place}/at/${ts}` : `#${place}`;
}
