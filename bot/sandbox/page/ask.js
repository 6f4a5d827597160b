// A small dialog with one field, e.g. for a channel's new name.
import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover } from "./popover.js";
import { trap } from "./trap.js";

/** → what was typed, or null when the person thinks better of it. */
export function asked({ title, label, value, yes }) {
  closePopover();
  return new Promise((resolve) => {
    const name = freshId("ask");
    const field = h("input", { class: "field", type: "text", autocomplete: "off", "aria-label": label, value });
    const dialog = h(
      "form",
      {
        class: "modal confirm",
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": name,
        onsubmit: (event) => {
          event.preventDefault();
          done(field.value.trim() || null);
        },
      },
      h(
        "div",
        { class: "modal-head" },
        h("h2", { id: name }, title),
        h("button", { type: "button", class: "ghost", "aria-label": "Dismiss", onclick: () => done(null) }, icon("close")),
      ),
      h("div", { class: "modal-body" }, h("div", { class: "block-input" }, h("div", { class: "label" }, label), field)),
      h(
        "div",
        { class: "modal-foot" },
        h("button", { type: "button", class: "button", onclick: () => done(null) }, "Cancel"),
        h("button", { type: "submit", class: "button primary" }, yes),
      ),
    );
    const box = h("div", { class: "modal-scrim" }, dialog);
    const release = trap(box, () => done(null));
    const done = (answer) => {
      release();
      box.remove();
      resolve(answer);
    };
    field.select();
    field.focus();
  });
}
