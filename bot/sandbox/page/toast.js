// Short notices in the corner: what went wrong and what to do; each goes by itself.
import { h } from "./dom.js";
import { icon } from "./icons.js";

const STAYS = 8000; // milliseconds

export function toast(text, { kind = "error" } = {}) {
  const root = document.getElementById("toasts");
  for (const old of [...root.children]) if (old.dataset.text === text) old.remove();
  const close = () => note.remove();
  const note = h(
    "div",
    { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status", "data-text": text },
    h("span", { class: "toast-text" }, text),
    h("button", { class: "ghost", type: "button", "aria-label": "Dismiss notice", onclick: close }, icon("close", 16)),
  );
  root.append(note);
  setTimeout(close, STAYS);
}
