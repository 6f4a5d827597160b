// The ⋯ menu of a channel: what its members do to it, without the app's doing.
import { asked } from "./ask.js";
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { act } from "./live.js";
import { openMenu } from "./menu.js";
import { store } from "./store.js";

export function placeMenu(place) {
  const items = itemsOf(place);
  if (!items.length) return null;
  const button = h(
    "button",
    {
      type: "button",
      class: "ghost place-menu",
      "aria-label": "Channel actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": "channel actions",
      onclick: () => openMenu(button, items, { label: "Channel actions", align: "end" }),
    },
    icon("dots", 20),
  );
  return button;
}

const plain = (text) => ({ type: "plain_text", text });

/** An entry that asks first, where there are words to ask with. */
const entry = (label, what, place, words = null) => ({
  label,
  danger: Boolean(words?.danger),
  onselect: async () => {
    const ask = words && {
      title: plain(`${label.replace("…", "")} #${place.name}?`),
      text: plain(words.text),
      confirm: plain(label.replace("…", "")),
      style: words.danger ? "danger" : "primary",
    };
    if (await confirmed(ask)) act(what, { channel: place.id });
  },
});

function itemsOf(place) {
  const app = store.state.bot.name;
  if (!place.member) return place.archived ? [] : [entry("Join", "join", place)];
  const away = { danger: true, text: "All that was said in it goes with it. This cannot be taken back." };
  const gone = entry("Delete…", "delete", place, away);
  if (place.archived) return [entry("Unarchive", "unarchive", place), gone];
  const shut = { text: `It can still be read; nobody can add to it, and ${app} is out of it.` };
  return [
    { label: "Rename…", onselect: () => rename(place) },
    place.app ? entry(`Remove ${app}`, "remove_app", place) : entry(`Add ${app}`, "add_app", place),
    entry("Leave", "leave", place),
    entry("Archive…", "archive", place, shut),
    gone,
  ];
}

async function rename(place) {
  const name = await asked({ title: `Rename #${place.name}`, label: "Name", value: place.name, yes: "Rename" });
  if (name && name !== place.name) act("rename", { channel: place.id, name });
}
