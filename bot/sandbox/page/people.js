// People as they are shown: a coloured square with initials, a name, a badge.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { nameOf, store, user } from "./store.js";

const COLORS = ["#2f6f8f", "#7a4fa3", "#2e7d5b", "#a8562a", "#a13d63", "#3f5fb0", "#5d6b1f", "#8a4b3c"];

const isTocsin = (id) => id === store.state?.bot.id;
export const isBot = (id) => isTocsin(id) || Boolean(user(id)?.bot);

function colorOf(id) {
  const given = user(id)?.color;
  if (given) return given.startsWith("#") ? given : `#${given}`;
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return COLORS[sum % COLORS.length];
}

function initials(id) {
  const words = nameOf(id).split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? words[0][0] + words.at(-1)[0] : (words[0] ?? "?").slice(0, 2);
  return letters.toUpperCase();
}

/** size: xs | s | m | l */
export function avatar(id, size = "m") {
  if (isTocsin(id))
    return h(
      "span",
      { class: `avatar avatar-${size} avatar-bot`, "aria-hidden": "true" },
      icon("bell", { xs: 13, s: 15, m: 24, l: 40 }[size]),
    );
  return h(
    "span",
    { class: `avatar avatar-${size}`, style: { background: colorOf(id) }, "aria-hidden": "true" },
    initials(id),
  );
}

export const appBadge = (id) => isBot(id) && h("span", { class: "badge-app" }, "APP");

/** "Ada, Bob and 2 others" */
export function listOf(ids) {
  const names = ids.map((id) => (id === store.me ? "You" : nameOf(id)));
  if (names.length <= 1) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
