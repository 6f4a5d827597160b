// "Are you sure?": the confirm object of a button, menu or select.
import { freshId, h } from "./dom.js";
import { textObject, wordsOf } from "./mrkdwn.js";
import { closePopover } from "./popover.js";
import { trap } from "./trap.js";

/** → true when the person says yes. Without a confirm object, at once. */
export function confirmed(ask) {
  if (!ask) return Promise.resolve(true);
  closePopover();
  return new Promise((resolve) => {
    const title = freshId("confirm");
    const yes = h(
      "button",
      { type: "button", class: ask.style === "danger" ? "button danger" : "button primary" },
      wordsOf(ask.confirm) || "Confirm",
    );
    const no = h("button", { type: "button", class: "button" }, wordsOf(ask.deny) || "Cancel");
    const box = h(
      "div",
      { class: "modal-scrim" },
      h(
        "div",
        { class: "modal confirm", role: "alertdialog", "aria-modal": "true", "aria-labelledby": title },
        h("div", { class: "modal-head" }, h("h2", { id: title }, wordsOf(ask.title))),
        h("div", { class: "modal-body" }, textObject(ask.text)),
        h("div", { class: "modal-foot" }, no, yes),
      ),
    );
    const release = trap(box, () => done(false));
    const done = (answer) => {
      release();
      box.remove();
      resolve(answer);
    };
    yes.addEventListener("click", () => done(true));
    no.addEventListener("click", () => done(false));
    yes.focus();
  });
}
