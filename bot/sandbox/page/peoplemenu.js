// The menu of people: an administrator deactivates somebody, and activates them again.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { act, refresh } from "./live.js";
import { openMenu } from "./menu.js";
import { avatar } from "./people.js";
import { nameOf, store } from "./store.js";
import { toast } from "./toast.js";

export function peopleTool() {
  const button = h(
    "button",
    {
      type: "button",
      class: "side-tool",
      "aria-label": "Deactivate or activate people",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": "people",
      onclick: () => openMenu(button, others(), { label: "People" }),
    },
    icon("people", 16),
    "People",
  );
  return button;
}

const others = () =>
  store.state.users
    .filter((user) => !user.bot && user.id !== store.me)
    .map((user) => ({
      label: `${user.deleted ? "Activate" : "Deactivate"} ${user.real_name || user.name}`,
      detail: [`@${user.name}`, user.guest && "guest", user.deleted && "deactivated"].filter(Boolean).join(" · "),
      lead: avatar(user.id, "s"),
      onselect: () => change(user),
    }));

async function change(user) {
  const said = await act(user.deleted ? "activate" : "deactivate", { user: user.id });
  await refresh("state");
  if (said.ok) toast(`${nameOf(user.id)} is ${user.deleted ? "active again" : "deactivated"}.`, { kind: "note" });
}
