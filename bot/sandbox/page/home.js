// The App Home tab.
import { act } from "./live.js";
import { renderBlocks } from "./blocks.js";
import { fill, h } from "./dom.js";
import { createForm } from "./form.js";
import { avatar } from "./people.js";
import { place } from "./popover.js";
import { store } from "./store.js";
import { toast } from "./toast.js";

let sign = "";
let shownTo = null; // whose Home is drawn
let opened = null; // for whom the app was last told that its Home is looked at
let form = createForm();

export function homeNode(root) {
  const { home, me } = store;
  if (opened !== me) {
    opened = me;
    act("home", {}, { quiet: true });
  }
  const next = JSON.stringify([home, me, store.state.clock.now.slice(0, 16)]);
  if (next === sign && root.firstChild) return;
  sign = next;
  if (!home) form = createForm();
  const scrolled = shownTo === me ? root.scrollTop : 0;
  shownTo = me;
  if (home) form.keep(home.blocks);
  fill(root, home ? h("div", { class: "home-page" }, renderBlocks(home.blocks, { form, dispatch })) : empty());
  root.scrollTop = scrolled;
  place();
}

/** The app hears of it each time its Home is entered, so leaving it counts. */
export function leaveHome() {
  opened = null;
}

async function dispatch(block, element, payload) {
  const said = await act("click", {
    home: true,
    block_id: block.block_id,
    action_id: element.action_id,
    type: element.type,
    ...payload,
  });
  // Nothing below a Home could tell that the app did not answer.
  if (!said.ok && said.status) toast(said.error);
}

const empty = () =>
  h(
    "div",
    { class: "home-empty" },
    avatar(store.state.bot.id, "l"),
    h("h2", {}, store.state.bot.name),
    h("p", {}, "Nothing is on this page yet. Type /incident in a channel to begin."),
  );
