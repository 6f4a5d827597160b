// The markdown block: ordinary Markdown as documents of an incident use it.
import { fragment, h, safeHref } from "./dom.js";
import { emoji, inline as slack } from "./mrkdwn.js";

const INLINE = new RegExp(
  [
    "`([^`]+)`", // 1 code
    "\\*\\*(?=\\S)(.+?)\\*\\*|__(?=\\S)(.+?)__", // 2, 3 bold
    "~~(?=\\S)(.+?)~~", // 4 strike
    "\\*(?=\\S)([^*]+?)\\*|(?<!\\w)_(?=\\S)([^_]+?)_(?!\\w)", // 5, 6 italic
    "\\[([^\\]]+)\\]\\(([^)\\s]+)\\)", // 7, 8 link
    "(<[^<>]+>)", // 9 a mention or an address
    ":([a-z0-9_+-]+):", // 10 emoji
  ].join("|"),
  "g",
);

function inline(text) {
  const out = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    out.push(text.slice(from, found.index), styled(found));
    from = found.index + found[0].length;
  }
  out.push(text.slice(from));
  return out;
}

function styled([whole, code, bold, bold2, strike, italic, italic2, label, target, angle, name]) {
  if (code) return h("code", {}, code);
  if (bold || bold2) return h("strong", {}, inline(bold || bold2));
  if (strike) return h("s", {}, inline(strike));
  if (italic || italic2) return h("em", {}, inline(italic || italic2));
  if (label) {
    const href = safeHref(target);
    return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, inline(label)) : whole;
  }
  return angle ? slack(angle) : emoji(name);
}

const lines = (list) => list.map((line, at) => [at ? h("br") : null, inline(line)]);

// Each kind of block: what its lines look like, and what they become.
const KINDS = [
  {
    fits: /^#{1,6} /,
    one: true,
    make: ([line]) => h(`h${Math.min(/^#+/.exec(line)[0].length + 2, 6)}`, {}, inline(line.replace(/^#+ /, ""))),
  },
  { fits: /^(-{3,}|\*{3,})\s*$/, one: true, make: () => h("hr") },
  { fits: /^> ?/, make: (list) => h("blockquote", {}, lines(list.map((line) => line.replace(/^> ?/, "")))) },
  {
    fits: /^\s*[-*+] /,
    make: (list) =>
      h(
        "ul",
        {},
        list.map((line) => item(line)),
      ),
  },
  {
    fits: /^\s*\d+[.)] /,
    make: (list) =>
      h(
        "ol",
        { start: Number.parseInt(list[0], 10) },
        list.map((line) => item(line)),
      ),
  },
  { fits: /^\|.*\|\s*$/, make: table },
  { fits: /\S/, make: (list) => h("p", {}, lines(list)) },
];

function item(line) {
  const text = line.replace(/^\s*([-*+]|\d+[.)]) /, "");
  const task = /^\[([ xX])\] /.exec(text);
  return h(
    "li",
    { class: /^\s{2,}/.test(line) ? "nested" : null },
    task ? (task[1] === " " ? "☐ " : "☑ ") : null,
    inline(task ? text.slice(4) : text),
  );
}

function table(list) {
  const rows = list
    .filter((line) => !/^\|[\s:|-]+\|\s*$/.test(line))
    .map((line) => line.trim().slice(1, -1).split("|"));
  const row = (cells, tag) =>
    h(
      "tr",
      {},
      cells.map((cell) => h(tag, {}, inline(cell.trim()))),
    );
  return h(
    "div",
    { class: "table-scroll" },
    h(
      "table",
      {},
      h("thead", {}, row(rows[0] ?? [], "th")),
      h(
        "tbody",
        {},
        rows.slice(1).map((cells) => row(cells, "td")),
      ),
    ),
  );
}

export function markdown(text) {
  const out = [];
  String(text ?? "")
    .split(/^```\w*\n([\s\S]*?)^```\s*$/m)
    .forEach((part, at) => {
      if (at % 2) out.push(h("pre", {}, part.replace(/\n$/, "")));
      else out.push(...blocks(part.split("\n")));
    });
  return h("div", { class: "markdown" }, fragment(out));
}

function blocks(all) {
  const out = [];
  for (let at = 0; at < all.length;) {
    const kind = KINDS.find(({ fits }) => fits.test(all[at]));
    if (!kind) {
      at += 1;
      continue;
    }
    let end = at + 1;
    if (!kind.one) while (end < all.length && KINDS.find(({ fits }) => fits.test(all[end])) === kind) end += 1;
    out.push(kind.make(all.slice(at, end)));
    at = end;
  }
  return out;
}
