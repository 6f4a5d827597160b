// First steps: a short checklist that leads through one incident, until it is dismissed.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { changed, store } from "./store.js";

const KEY = "tocsin-sandbox-hints";
let all = false;   // whether every step is shown, or the next one only

export const hintsOpen = () => localStorage.getItem(KEY) !== "dismissed";

export function reopenHints() {
  localStorage.removeItem(KEY);
  changed();
}

function dismiss() {
  localStorage.setItem(KEY, "dismissed");
  changed();
}

export function hintsNode() {
  const hints = store.state.hints;
  if (!hints.length || !hintsOpen()) return null;
  const done = hints.filter((one) => one.done).length;
  const next = hints.find((one) => !one.done);
  const toggle = () => {
    all = !all;
    changed();
  };
  return h("section", { class: "hints", "aria-label": "First steps" },
    h("div", { class: "hints-head" },
      h("span", { class: "hints-title" }, "First steps"),
      h("span", { class: "hints-dots", role: "img", "aria-label": `${done} of ${hints.length} done` }, hints.map((one) => h("i", { class: one.done ? "done" : one === next ? "next" : "" }))),
      h("span", { class: "hints-count" }, `${done} of ${hints.length}`),
      h("button", { type: "button", class: "linklike", "aria-expanded": String(all), "data-focus": "hints all", onclick: toggle }, all ? "Show less" : "Show all"),
      h("button", { type: "button", class: "ghost", "aria-label": "Dismiss first steps", "data-focus": "hints close", onclick: dismiss }, icon("close", 16))),
    h("ol", { class: "hints-list" }, (all ? hints : next ? [next] : []).map((one) => step(one, one === next))),
    !next && !all && h("p", { class: "hints-done" }, "That was a whole incident, from its declaration to the end. Everything else works the same way: type ", h("code", {}, `${store.state.commands[0]?.command ?? ""} help`), "."));
}

function step(one, isNext) {
  return h("li", { class: one.done ? "hint done" : isNext ? "hint next" : "hint", "data-hint": one.id },
    h("span", { class: "hint-mark" }, one.done ? icon("check", 13) : String(store.state.hints.indexOf(one) + 1)),
    h("div", {}, h("strong", {}, one.title), one.done && h("span", { class: "sr-only" }, " (done)"), !one.done && h("div", { class: "hint-body" }, mrkdwn(one.body))));
}
