// The modal on top of the stack: drawn from the view, its fields kept while the app redraws it.
import { act } from "./live.js";
import { renderBlocks } from "./blocks.js";
import { fill, freshId, giveFocus, h, heldFocus } from "./dom.js";
import { createForm } from "./form.js";
import { icon } from "./icons.js";
import { plainText, wordsOf } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { closePopover } from "./popover.js";
import { store } from "./store.js";
import { trap } from "./trap.js";

let shown = null; // {box, release, view, sign, sending, errors, message}
const forms = new Map(); // view id → what was typed into it, for as long as some modal is open

/** Brings the screen in line with the view that the sandbox says is on top. */
export function renderModal() {
  const view = store.state?.view ?? null;
  if (!view) {
    hide();
    return;
  }
  const sign = JSON.stringify([view, store.me]);
  if (shown?.sign === sign) return;
  const same = shown?.view.id === view.id;
  if (!same || view.hash !== shown.view.hash) closePopover({ refocus: false });
  if (!shown) open();
  if (!same) Object.assign(shown, { errors: {}, sending: false, message: null });
  const errors = view.errors ?? {};
  if (Object.keys(errors).length) Object.assign(shown, { errors, message: errors[""] ?? null });
  Object.assign(shown, { view, sign });
  formOf(view).keep(view.blocks);
  draw(same);
}

function open() {
  const box = h("div", { class: "modal-scrim" });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
  });
  shown = { box, errors: {}, sending: false, message: null, release: trap(box, close) };
}

function hide() {
  if (!shown) return;
  closePopover({ refocus: false });
  const { box, release } = shown;
  shown = null;
  forms.clear();
  box.remove();
  release();
}

function formOf(view) {
  if (!forms.has(view.id)) forms.set(view.id, createForm());
  return forms.get(view.id);
}

function draw(same) {
  const { box, view } = shown;
  const title = freshId("modal");
  const held = heldFocus(box);
  const caret = document.activeElement?.selectionStart;
  const scrolled = box.querySelector(".modal-body")?.scrollTop ?? 0;
  const body = h(
    "div",
    { class: "modal-body", tabindex: "-1" },
    shown.message && h("div", { class: "banner", role: "alert" }, shown.message),
    renderBlocks(view.blocks, { form: formOf(view), errors: shown.errors, dispatch }),
  );
  fill(
    box,
    h(
      "div",
      {
        class: "modal",
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": title,
        "data-view": view.callback_id ?? "",
      },
      h(
        "div",
        { class: "modal-head" },
        avatar(store.state.bot.id, "s"),
        h("h2", { id: title }, plainText(wordsOf(view.title))),
        h(
          "button",
          { type: "button", class: "ghost", "aria-label": "Dismiss", "data-focus": "close x", onclick: close },
          icon("close", 20),
        ),
      ),
      body,
      foot(view),
    ),
  );
  if (same) {
    body.scrollTop = scrolled;
    if (giveFocus(box, held)) {
      if (typeof caret === "number") document.activeElement.setSelectionRange?.(caret, caret);
      return;
    }
  }
  first(box, view).focus();
}

/** Where the focus begins: the first wrong field, the one that asks for it, the first, the dialog's main button. */
function first(box, view) {
  const asking = (view.blocks ?? []).find((block) => block.element?.focus_on_load)?.block_id;
  const wrong = box.querySelector("[aria-invalid=true]");
  return (
    wrong?.querySelector("input") ??
    wrong ??
    (asking && box.querySelector(`[data-block="${CSS.escape(asking)}"] :is(input, textarea)`)) ??
    box.querySelector(".modal-body :is(input, textarea)") ??
    box.querySelector(".modal-foot .primary") ??
    box.querySelector(".modal-body")
  );
}

function foot(view) {
  const submits = view.submit || (view.blocks ?? []).some((block) => block.type === "input");
  const sending = shown.sending;
  return h(
    "div",
    { class: "modal-foot" },
    h(
      "button",
      { type: "button", class: "button", "data-focus": "close", onclick: close },
      wordsOf(view.close) || (submits ? "Cancel" : "Close"),
    ),
    submits &&
      h(
        "button",
        {
          type: "button",
          class: "button primary",
          "data-focus": "submit",
          disabled: sending,
          "aria-busy": sending ? "true" : null,
          onclick: submit,
        },
        wordsOf(view.submit) || "Submit",
      ),
  );
}

async function dispatch(block, element, payload) {
  const { view } = shown;
  const state = formOf(view).state(view.blocks);
  await act("click", {
    view: true,
    view_id: view.id,
    block_id: block.block_id,
    action_id: element.action_id,
    type: element.type,
    state,
    ...payload,
  });
}

async function submit() {
  if (!shown || shown.sending) return;
  const mine = shown;
  const { view } = mine;
  const form = formOf(view);
  const missing = missingIn(view, form);
  if (Object.keys(missing).length) {
    Object.assign(mine, { errors: missing, message: null });
    draw(false);
    return;
  }
  Object.assign(mine, { sending: true, errors: {}, message: null });
  draw(true);
  const said = await act("submit", { view_id: view.id, state: form.state(view.blocks) }, { quiet: true });
  if (shown !== mine) return;
  mine.sending = false;
  if (mine.view.id !== view.id) return;
  const wrong = said.errors ?? {};
  if (!said.ok) Object.assign(mine, { errors: wrong, message: Object.keys(wrong).length ? null : said.error });
  draw(said.ok);
}

/** As Slack does, nothing is sent while a required field is empty. */
function missingIn(view, form) {
  const out = {};
  for (const block of view.blocks ?? []) {
    if (block.type !== "input" || block.optional) continue;
    const { type, ...state } = form.get(block, block.element);
    const empty = Object.values(state).every(
      (value) => value === null || value === "" || (Array.isArray(value) && !value.length),
    );
    if (type && empty) out[block.block_id] = "Please complete this required field.";
  }
  return out;
}

function close() {
  if (shown) act("close", { view_id: shown.view.id }, { quiet: true });
}
