// The left side: the workspace, who one acts as, channels, direct messages, the app.
import { fill, h } from "./dom.js";
import { hintsOpen, reopenHints } from "./hints.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { outsideTool } from "./outside.js";
import { avatar, isBot } from "./people.js";
import { peopleTool } from "./peoplemenu.js";
import { switchPerson } from "./person.js";
import { openChannel, openHome } from "./route.js";
import { me, now, peerOf, store, titleOf } from "./store.js";
import { isDark, toggleTheme } from "./theme.js";
import { cityOf, timeIn, timeOf } from "./time.js";

let sign = "";
let browsing = false;

export function renderSidebar(root) {
  const { state, place } = store;
  const next = JSON.stringify([
    state.team,
    state.users,
    state.channels.map((one) => ({ ...one, topic: "", bookmarks: 0, members: 0 })),
    place.kind,
    place.channel,
    store.me,
    browsing,
    isDark(),
    hintsOpen(),
    state.hints.length,
    state.outside,
  ]);
  if (next === sign) return;
  sign = next;
  const scrolled = root.querySelector(".places")?.scrollTop ?? 0;
  fill(root, header(), actAs(), h("div", { class: "places" }, lists()), footer());
  root.querySelector(".places").scrollTop = scrolled;
}

const redraw = () => {
  sign = "";
  renderSidebar(document.getElementById("sidebar"));
};

function header() {
  return h(
    "div",
    { class: "workspace" },
    h("span", { class: "workspace-mark" }, icon("bell", 20)),
    h("span", { class: "workspace-name" }, workspaceName()),
    h(
      "button",
      {
        type: "button",
        class: "ghost only-narrow",
        "aria-label": "Close the channel list",
        onclick: () => document.body.classList.remove("drawer"),
      },
      icon("close", 18),
    ),
  );
}

/** A workspace that has only its domain for a name is called by that, as a person would write it. */
function workspaceName() {
  const { name, domain } = store.state.team;
  return name === domain ? name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ") : name;
}

function actAs() {
  const one = me();
  const people = () =>
    store.state.users
      .filter((user) => !user.bot && !user.deleted)
      .map((user) => ({
        label: user.real_name || user.name,
        detail: `@${user.name} · ${timeIn(user.tz, now())} in ${cityOf(user.tz)}${user.guest ? " · guest" : ""}${user.undisturbed ? " · do not disturb" : ""}`,
        lead: avatar(user.id, "s"),
        checked: user.id === store.me,
        data: { "data-user": user.id },
        onselect: () => switchPerson(user.id),
      }));
  const button = h(
    "button",
    {
      type: "button",
      class: "act-as",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `Act as ${one?.real_name ?? "…"}: change person`,
      "data-focus": "act as",
      onclick: () => openMenu(button, people(), { label: "Act as", width: button.getBoundingClientRect().width }),
    },
    avatar(store.me, "s"),
    h(
      "span",
      { class: "act-as-words" },
      h("span", { class: "act-as-title" }, "Acting as"),
      h("span", { class: "act-as-name" }, one?.real_name || one?.name || store.me),
    ),
    one?.undisturbed &&
      h("span", { title: `Do Not Disturb until ${timeOf(new Date(one.undisturbed))}` }, icon("moon", 15)),
    icon("chevron", 16),
  );
  return button;
}

function lists() {
  const all = store.state.channels;
  const places = all.filter((one) => one.kind !== "dm");
  const mine = places.filter((one) => one.member && !one.archived);
  const here = places.filter((one) => !mine.includes(one) && one.id === store.place.channel);
  const others = places.filter((one) => !mine.includes(one) && !here.includes(one));
  const dms = all.filter((one) => one.kind === "dm");
  return [
    h(
      "button",
      {
        type: "button",
        class: on("home"),
        "aria-current": store.place.kind === "home" ? "page" : null,
        "data-channel": "home",
        "data-focus": "place home",
        onclick: openHome,
      },
      h("span", { class: "place-lead" }, icon("home", 16)),
      h("span", { class: "place-name" }, "App Home"),
    ),
    group("Channels", [...mine, ...here].sort(byName).map(entry)),
    others.length > 0 &&
      h(
        "button",
        {
          type: "button",
          class: "place quiet",
          "aria-expanded": String(browsing),
          "data-focus": "browse",
          onclick: () => {
            browsing = !browsing;
            redraw();
          },
        },
        h("span", { class: "place-lead" }, icon("chevron", 16)),
        h("span", { class: "place-name" }, `${others.length} more`),
      ),
    browsing && h("div", { class: "others" }, others.sort(byName).map(entry)),
    dms.length > 0 && group("Direct messages", dms.map(entry)),
  ];
}

const byName = (one, other) => one.name.localeCompare(other.name, "en", { numeric: true });
const on = (id) => (id === (store.place.kind === "home" ? "home" : store.place.channel) ? "place on" : "place");
const group = (title, rows) => h("section", { "aria-label": title }, h("h2", {}, title), rows);

function entry(one) {
  const here = one.id === store.place.channel && store.place.kind === "channel";
  const dm = one.kind === "dm";
  const unread = !here && one.unread > 0;
  const count = here ? 0 : dm ? one.unread : one.mentions;
  const lead = dm
    ? avatar(peerOf(one), "xs")
    : icon(one.archived ? "archive" : one.kind === "private" ? "lock" : "hash", 16);
  const says = [titleOf(one), one.archived && "archived", unread && `${one.unread} unread`].filter(Boolean).join(", ");
  return h(
    "button",
    {
      type: "button",
      class: [on(one.id), unread && "unread", !one.member && !dm && "foreign", one.archived && "archived"].filter(Boolean).join(" "),
      "data-channel": one.id,
      "data-name": titleOf(one),
      "data-unread": unread ? one.unread : null,
      "data-focus": `place ${one.id}`,
      "aria-current": here ? "page" : null,
      "aria-label": says,
      onclick: () => openChannel(one.id),
    },
    h("span", { class: "place-lead" }, lead),
    h("span", { class: "place-name" }, titleOf(one)),
    one.archived && h("span", { class: "badge-state" }, "archived"),
    dm && isBot(peerOf(one)) && h("span", { class: "badge-app" }, "APP"),
    count > 0 && h("span", { class: "badge" }, String(count)),
  );
}

function footer() {
  const dark = isDark();
  return h(
    "div",
    { class: "side-foot" },
    store.state.hints.length > 0 &&
      !hintsOpen() &&
      h(
        "button",
        { type: "button", class: "side-tool", "data-focus": "hints", onclick: reopenHints },
        icon("list", 16),
        "First steps",
      ),
    peopleTool(),
    outsideTool(),
    h(
      "button",
      {
        type: "button",
        class: "side-tool",
        "data-focus": "theme",
        "aria-label": dark ? "Use the light theme" : "Use the dark theme",
        onclick: () => {
          toggleTheme();
          redraw();
        },
      },
      icon(dark ? "sun" : "moon", 16),
      dark ? "Light" : "Dark",
    ),
  );
}
