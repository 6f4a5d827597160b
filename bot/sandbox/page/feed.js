// A list of messages that changes in place: what has not changed is not redrawn, so focus and menus stay.
import { giveFocus, h, heldFocus } from "./dom.js";
import { icon } from "./icons.js";
import { messageNode } from "./message.js";
import { myZone, now, store } from "./store.js";
import { dayOf, dayTitle, fromTs } from "./time.js";

const TOGETHER = 5 * 60; // seconds within which one person's messages are shown as one
const NEAR = 90; // pixels from the bottom that still count as being there

/** head(): what stands above the first message; between(message): what stands below it, e.g. "3 replies". */
export function createFeed({ label, inThread = false, head = () => null, below = () => null }) {
  const rows = h("div", { class: "rows", role: "log", "aria-label": label, "aria-live": "polite" });
  const intro = h("div", { class: "intro" });
  const scroll = h("div", { class: "scroll", tabindex: "-1" }, h("div", { class: "spring" }), intro, rows);
  const pill = h(
    "button",
    { class: "pill", type: "button", hidden: true, onclick: () => toBottom() },
    "New messages",
    icon("chevron", 16),
  );
  const node = h("div", { class: "feed" }, scroll, pill);
  const known = new Map(); // key → {sign, node}
  let loaded = false;

  const atBottom = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
  const toBottom = () => {
    scroll.scrollTop = scroll.scrollHeight;
    pill.hidden = true;
  };
  scroll.addEventListener("scroll", () => atBottom() && (pill.hidden = true));
  // A picture that loads, or a keyboard that opens, must not push the last message out of sight.
  let stuck = true;
  scroll.addEventListener("scroll", () => (stuck = atBottom()));
  new ResizeObserver(() => stuck && toBottom()).observe(scroll);

  function reset() {
    known.clear();
    rows.replaceChildren();
    loaded = false;
    stuck = true;
  }

  function update(messages, { place, newFrom = null }) {
    const wasDown = !loaded || atBottom();
    const before = new Set(known.keys());
    intro.replaceChildren(...[head()].flat().filter(Boolean));
    const wished = plan(messages, place, newFrom, below);
    const held = heldFocus(rows);
    reconcile(wished);
    tabStop(messages.at(-1));
    if (held !== null && !rows.contains(document.activeElement)) giveFocus(rows, held);
    const added = messages.filter((one) => loaded && !before.has(keyOf(one)));
    for (const one of added) known.get(keyOf(one))?.node.classList.add("fresh");
    if (wasDown || added.some((one) => one.user === store.me)) toBottom();
    else if (added.length) pill.hidden = false;
    loaded = true;
  }

  /** Tab reaches the newest message; the arrow keys go on from there. */
  function tabStop(newest) {
    const target = newest && known.get(keyOf(newest))?.node;
    for (const one of rows.querySelectorAll(".message[tabindex='0']")) if (one !== target) one.tabIndex = -1;
    if (target) target.tabIndex = 0;
  }

  function reconcile(wished) {
    const keep = new Set(wished.map(({ key }) => key));
    for (const [key, old] of known) {
      if (!keep.has(key)) {
        old.node.remove();
        known.delete(key);
      }
    }
    let at = rows.firstChild;
    for (const { key, sign, make } of wished) {
      const old = known.get(key);
      if (old?.sign === sign) {
        if (old.node === at) at = at.nextSibling;
        else rows.insertBefore(old.node, at);
        continue;
      }
      const made = make();
      if (old?.node.classList.contains("active")) made.classList.add("active");
      if (old?.node === at) at = at.nextSibling;
      old?.node.remove();
      rows.insertBefore(made, at);
      known.set(key, { sign, node: made });
    }
  }

  function show(ts) {
    const found = [...rows.querySelectorAll(".message")].find((one) => one.dataset.ts === ts);
    if (!found) return false;
    stuck = false;
    found.scrollIntoView({ block: "center" });
    found.classList.add("wanted");
    setTimeout(() => found.classList.remove("wanted"), 2500);
    return true;
  }

  return { node, update, reset, show, toBottom, label: (text) => rows.setAttribute("aria-label", text) };

  function plan(messages, place, from, after) {
    const out = [];
    // Words such as "today" and names of people are drawn into a message: when they change, so does its sign.
    const world = [store.me, myZone(), dayOf(now()), peopleSign()];
    let last = null;
    for (const message of messages) {
      const day = dayOf(fromTs(message.ts));
      const newDay = !last || dayOf(fromTs(last.ts)) !== day;
      if (newDay && !inThread)
        out.push({
          key: `day ${day}`,
          sign: JSON.stringify(world),
          make: () => divider("day", dayTitle(fromTs(message.ts))),
        });
      if (from === message.ts) out.push({ key: "new", sign: "new", make: () => divider("new", "New") });
      const compact = !newDay && from !== message.ts && together(last, message);
      const sign = JSON.stringify([
        message,
        compact,
        ...world,
        message.reply_count || /\{ago\}/.test(JSON.stringify(message)) ? store.state.clock.now.slice(0, 16) : 0,
      ]);
      out.push({ key: keyOf(message), sign, make: () => messageNode(message, { place, compact, inThread }) });
      const extra = after(message);
      if (extra) out.push({ key: `after ${message.ts}`, sign: extra, make: () => divider("count", extra) });
      last = extra ? null : message;
    }
    return out;
  }
}

const keyOf = (message) => `${message.ts}${message.ephemeral ? " ephemeral" : ""}`;

let peopleOf = null;
let peopleText = "";
function peopleSign() {
  if (peopleOf !== store.state) {
    peopleOf = store.state;
    peopleText = JSON.stringify([
      store.state.users,
      store.state.usergroups,
      store.state.channels.map((one) => [one.id, one.name]),
    ]);
  }
  return peopleText;
}

function together(last, message) {
  return (
    last !== null &&
    last.user === message.user &&
    !last.ephemeral &&
    !message.ephemeral &&
    !message.broadcast &&
    !last.broadcast &&
    !last.subtype === !message.subtype &&
    Number(message.ts) - Number(last.ts) < TOGETHER
  );
}

const divider = (kind, text) =>
  h("div", { class: `divider divider-${kind}`, role: "separator", "aria-label": text }, h("span", {}, text));
