// Reactions under a message, and the little panel to pick one from.
import { act } from "./live.js";
import { emojiLike, emojiOf, OFFERED } from "./emoji.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, popover, popoverOf } from "./popover.js";

export const react = (place, ts, name, mine) => act(mine ? "unreact" : "react", { channel: place, ts, emoji: name });

export function reactionRow(message, place) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map(({ name, count, mine }) =>
      h(
        "button",
        {
          class: mine ? "reaction mine" : "reaction",
          type: "button",
          "aria-pressed": String(Boolean(mine)),
          "data-focus": `reaction ${name}`,
          "aria-label": `${name.replaceAll("_", " ")}, ${count}`,
          title: `:${name}:`,
          onclick: () => react(place, message.ts, name, mine),
        },
        h("span", { class: "emoji" }, emojiOf(name) ?? `:${name}:`),
        h("span", { class: "count" }, String(count)),
      ),
    ),
    reactButton((name) => react(place, message.ts, name, false), "reaction add"),
  );
}

/** The button that opens the panel; `onpick(name)`. */
export function reactButton(onpick, style) {
  const button = h(
    "button",
    {
      class: style,
      type: "button",
      "aria-label": "Add reaction",
      title: "Add reaction",
      "data-focus": "add reaction",
      onclick: () => pickEmoji(button, onpick),
    },
    icon("smile", 18),
  );
  return button;
}

export function pickEmoji(anchor, onpick) {
  if (popoverOf(anchor)) {
    closePopover();
    return;
  }
  const grid = h("div", { class: "emoji-grid" });
  const take = (name) => {
    closePopover();
    onpick(name);
  };
  const show = (names) =>
    fill(
      grid,
      names.map((name) =>
        h(
          "button",
          {
            type: "button",
            class: "emoji-choice",
            title: `:${name}:`,
            "aria-label": name.replaceAll("_", " "),
            onclick: () => take(name),
          },
          emojiOf(name),
        ),
      ),
    );
  const search = h("input", {
    class: "field",
    type: "text",
    placeholder: "Search emoji",
    "aria-label": "Search emoji",
    oninput: () =>
      show(
        search.value
          ? emojiLike(search.value.toLowerCase().replace(/^:/, "").replaceAll(" ", "_"), 18).map(({ name }) => name)
          : OFFERED,
      ),
    onkeydown: (event) => event.key === "Enter" && grid.firstChild?.click(),
  });
  show(OFFERED);
  popover(anchor, h("div", { class: "emoji-panel", role: "dialog", "aria-label": "Pick an emoji" }, search, grid), {
    align: "end",
  });
  search.focus();
}
