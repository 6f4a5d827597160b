// First steps: a short checklist that leads through one incident, until it is dismissed.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { changed, store } from "./store.js";

const KEY = "tocsin-sandbox-hints";
let all = false; // whether every step is shown, or the next one only

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
  return h(
    "section",
    { class: all ? "hints all" : "hints", "aria-label": "First steps" },
    all && h("div", { class: "hints-title" }, "First steps"),
    (all || next) &&
      h(
        "ol",
        { class: "hints-list" },
        (all ? hints : [next]).map((one) => step(one, one === next)),
      ),
    !next &&
      !all &&
      h(
        "p",
        { class: "hints-done" },
        h("strong", {}, "That was a whole incident. "),
        "All that can be typed: ",
        h("code", {}, `${store.state.commands[0]?.command ?? ""} help`),
      ),
    h(
      "div",
      { class: "hints-tools" },
      h(
        "span",
        { class: "hints-dots", role: "img", "aria-label": `${done} of ${hints.length} done` },
        hints.map((one) => h("i", { class: one.done ? "done" : one === next ? "next" : "" })),
      ),
      h(
        "button",
        {
          type: "button",
          class: "ghost",
          "aria-label": all ? "Show the next step only" : "Show all steps",
          title: all ? "Show the next step only" : "Show all steps",
          "aria-expanded": String(all),
          "data-focus": "hints all",
          onclick: toggle,
        },
        icon("chevron", 18),
      ),
      h(
        "button",
        {
          type: "button",
          class: "ghost",
          "aria-label": "Dismiss first steps",
          title: "Dismiss",
          "data-focus": "hints close",
          onclick: dismiss,
        },
        icon("close", 16),
      ),
    ),
  );
}

function step(one, isNext) {
  return h(
    "li",
    { class: one.done ? "hint done" : isNext ? "hint next" : "hint", "data-hint": one.id },
    h("span", { class: "hint-mark" }, one.done ? icon("check", 13) : String(store.state.hints.indexOf(one) + 1)),
    h(
      "div",
      { class: "hint-words" },
      h("strong", {}, one.title),
      one.done && h("span", { class: "sr-only" }, " (done)"),
      !one.done && h("span", { class: "hint-body" }, mrkdwn(one.body)),
    ),
  );
}
