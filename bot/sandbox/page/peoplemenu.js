// The menu of people: who is in Do Not Disturb, and whom an administrator deactivates or activates again.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { act, refresh } from "./live.js";
import { openMenu } from "./menu.js";
import { avatar } from "./people.js";
import { nameOf, now, store } from "./store.js";
import { timeOf } from "./time.js";
import { toast } from "./toast.js";

const MINUTES = 8 * 60; // how long Do Not Disturb lasts: a night

export function peopleTool() {
  const button = h(
    "button",
    {
      type: "button",
      class: "side-tool",
      "aria-label": "People: Do Not Disturb, deactivate, activate",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "data-focus": "people",
      onclick: () => openMenu(button, [...quiet(), ...others()], { label: "People" }),
    },
    icon("people", 16),
    "People",
  );
  return button;
}

const people = () => store.state.users.filter((user) => !user.bot);

const quiet = () => [
  { title: "Do Not Disturb" },
  ...people()
    .filter((user) => !user.deleted)
    .map((user) => ({
      label: user.undisturbed ? `Disturb ${nameOf(user.id)} again` : `Do not disturb ${nameOf(user.id)}`,
      detail: user.undisturbed
        ? `Not disturbed until ${timeOf(new Date(user.undisturbed))}`
        : `Until ${timeOf(new Date(now().getTime() + MINUTES * 60e3))}`,
      lead: icon(user.undisturbed ? "moon" : "bell", 16),
      onselect: () => disturb(user),
    })),
];

async function disturb(user) {
  const said = await act("do_not_disturb", { user: user.id, minutes: user.undisturbed ? 0 : MINUTES });
  await refresh("state");
  if (said.ok) {
    toast(`${nameOf(user.id)} is ${user.undisturbed ? "out of" : "in"} Do Not Disturb.`, { kind: "note" });
  }
}

const others = () => [
  { title: "Members" },
  ...people()
    .filter((user) => user.id !== store.me)
    .map((user) => ({
      label: `${user.deleted ? "Activate" : "Deactivate"} ${nameOf(user.id)}`,
      detail: [`@${user.name}`, user.guest && "guest", user.deleted && "deactivated"].filter(Boolean).join(" · "),
      lead: avatar(user.id, "s"),
      onselect: () => change(user),
    })),
];

async function change(user) {
  const said = await act(user.deleted ? "activate" : "deactivate", { user: user.id });
  await refresh("state");
  if (said.ok) toast(`${nameOf(user.id)} is ${user.deleted ? "active again" : "deactivated"}.`, { kind: "note" });
}
