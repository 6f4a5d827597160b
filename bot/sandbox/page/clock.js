// The bar at the top: the sandbox's time, the buttons that turn it, and what falls due next.
import { turnClock } from "./live.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { myZone, now, store } from "./store.js";
import { ago, cityOf, clockDay, timeOf } from "./time.js";

let turning = null;
let sign = "";

export function renderClock(root) {
  const { clock } = store.state;
  const next = JSON.stringify([clock, store.me, turning, store.online]);
  if (next === sign) return;
  sign = next;
  const date = now();
  fill(
    root,
    h(
      "div",
      { class: "clock", role: "group", "aria-label": "Clock" },
      h(
        "time",
        {
          class: "clock-time",
          datetime: date.toISOString(),
          "data-clock": clock.now,
          title: `The sandbox’s clock, in ${myZone()}`,
        },
        icon("clock", 16),
        h("span", { class: "clock-day" }, clockDay(date)),
        h("strong", {}, timeOf(date)),
        h("span", { class: "clock-zone" }, cityOf(myZone())),
      ),
      h(
        "div",
        { class: "clock-buttons" },
        turn("+5 min", { minutes: 5 }),
        turn("+30 min", { minutes: 30 }),
        turn("Next due", { to: "next" }, clock.next ? null : "Nothing is due"),
      ),
      h("div", { class: "clock-next", role: "status" }, due(clock.next)),
    ),
    !store.online && h("div", { class: "offline", role: "status" }, "Connection lost, trying again…"),
  );
}

function due(next) {
  if (!next) return [h("span", { class: "clock-label" }, "Next: "), "nothing is due"];
  const at = new Date(next.at);
  return [h("span", { class: "clock-label" }, "Next: "), h("strong", {}, next.what), ` · ${timeOf(at)}, ${ago(at)}`];
}

function turn(label, fields, off = null) {
  const busy = turning === label;
  return h(
    "button",
    {
      type: "button",
      class: "clock-button",
      "data-focus": label,
      disabled: Boolean(turning) || off !== null,
      "aria-busy": busy ? "true" : null,
      title:
        off ??
        (fields.minutes
          ? `Turn the clock ${fields.minutes} minutes forward`
          : "Turn the clock to the next thing that falls due"),
      onclick: () => run(label, fields),
    },
    fields.to && icon("next", 13),
    label,
  );
}

async function run(label, fields) {
  const root = document.getElementById("topbar");
  turning = label;
  renderClock(root);
  try {
    await turnClock(fields);
  } finally {
    turning = null;
    renderClock(root);
    [...root.querySelectorAll("button")]
      .find((one) => one.dataset.focus === label && document.activeElement === document.body)
      ?.focus();
  }
}
