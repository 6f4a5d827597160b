// The rich_text block: sections, lists, quotes and code made of small styled pieces.
import { fragment, h } from "./dom.js";
import { channelLink, dateNode, emoji, groupMention, link, mention } from "./mrkdwn.js";

const TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

const PIECES = {
  text: (piece) => (piece.text ?? "").split(/(\n)/).map((part) => (part === "\n" ? h("br") : part)),
  link: (piece) => {
    const node = link(piece.url ?? "", null);
    if (piece.text) node.replaceChildren(piece.text);
    return node;
  },
  user: (piece) => mention(piece.user_id, null),
  channel: (piece) => channelLink(piece.channel_id, null),
  usergroup: (piece) => groupMention(piece.usergroup_id, null),
  emoji: (piece) => emoji(piece.name),
  broadcast: (piece) => h("span", { class: "mention mention-me" }, `@${piece.range}`),
  date: (piece) => dateNode(piece.timestamp, piece.format ?? "{date_num}", piece.url, piece.fallback),
  color: (piece) => piece.value,
};

function piece(one) {
  let node = fragment(PIECES[one.type]?.(one) ?? one.text ?? "");
  for (const [style, tag] of Object.entries(TAGS)) if (one.style?.[style]) node = h(tag, {}, node);
  return node;
}

const pieces = (part) => (part.elements ?? []).map(piece);

const PARTS = {
  rich_text_section: (part) => h("div", {}, pieces(part)),
  rich_text_quote: (part) => h("blockquote", {}, pieces(part)),
  rich_text_preformatted: (part) => h("pre", {}, pieces(part)),
  rich_text_list: (part) =>
    h(
      part.style === "ordered" ? "ol" : "ul",
      { class: `rich-list indent-${Math.min(part.indent ?? 0, 8)}`, start: part.offset ? part.offset + 1 : null },
      (part.elements ?? []).map((item) => h("li", {}, pieces(item))),
    ),
};

export function richText(block) {
  return h(
    "div",
    { class: "rich" },
    (block.elements ?? []).map((part) => PARTS[part.type]?.(part)),
  );
}
