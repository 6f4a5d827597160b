// Choosing one or several from a list that narrows as one types.
import { fill, freshId, h } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, place, popover, popoverOf } from "./popover.js";

/**
 * options: [{key, label, detail?, lead? (() => node), group?}]; selected: keys. `onchange(keys)` tells of each choice,
 * `onsettle()` that the choosing is over: with several to choose that is when the list closes.
 * clearable: a single choice may be taken back.
 */
export function select({
  options,
  selected = [],
  multiple = false,
  clearable = false,
  label,
  placeholder,
  onchange,
  onsettle,
  attributes = {},
}) {
  const by = new Map(options.map((option) => [option.key, option]));
  const list = h("ul", {
    class: "options",
    role: "listbox",
    id: freshId("options"),
    "aria-label": label,
    "aria-multiselectable": multiple ? "true" : null,
  });
  let chosen = selected.filter((key) => by.has(key));
  let marked = 0;
  let unsettled = false;

  const input = h("input", {
    class: "select-input",
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-label": label,
    ...attributes,
    oninput: () => ((marked = 0), show()),
    onkeydown: key,
    onblur: leave,
  });
  const chips = h("span", { class: "chips" });
  const clear =
    clearable &&
    !multiple &&
    h(
      "button",
      { class: "ghost select-clear", type: "button", "aria-label": `Clear ${label}`, onclick: () => change([]) },
      icon("close", 14),
    );
  const box = h(
    "div",
    { class: "select", onclick: (event) => event.target.closest("button") || (input.focus(), show()) },
    chips,
    input,
    clear,
    icon("chevron", 16),
  );

  function draw() {
    if (multiple)
      fill(
        chips,
        chosen.map((one) => chip(by.get(one), () => change(chosen.filter((other) => other !== one)))),
      );
    input.value = multiple ? "" : (by.get(chosen[0])?.label ?? "");
    input.placeholder = chosen.length ? "" : placeholder || "Choose an option";
    if (clear) clear.hidden = chosen.length === 0;
  }

  function change(keys) {
    chosen = keys;
    draw();
    onchange(keys);
    unsettled = true;
    if (!multiple || !popoverOf(box)) settle();
  }

  function settle() {
    if (!unsettled) return;
    unsettled = false;
    onsettle?.();
  }

  const typed = () => (multiple || input.value !== by.get(chosen[0])?.label ? input.value.trim().toLowerCase() : "");
  /** What contains the typed words; what has a word that begins so comes first. */
  function fitting() {
    const words = typed();
    const found = options.filter((option) => `${option.label} ${option.detail ?? ""}`.toLowerCase().includes(words));
    const begins = (option) =>
      option.label
        .toLowerCase()
        .split(/\s+/)
        .concat(option.label.toLowerCase())
        .some((word) => word.startsWith(words));
    return words ? [...found.filter(begins), ...found.filter((option) => !begins(option))] : found;
  }

  function show() {
    const found = fitting();
    if (!popoverOf(box)) {
      marked = Math.max(
        0,
        found.findIndex((option) => option.key === chosen[0]),
      );
      popover(box, list, {
        keepFocus: true,
        width: box.getBoundingClientRect().width,
        onclose: () => {
          input.setAttribute("aria-expanded", "false");
          settle();
        },
      });
      input.setAttribute("aria-expanded", "true");
      if (!multiple) input.select();
    }
    marked = Math.min(marked, Math.max(0, found.length - 1));
    fill(list, found.length ? rows(found) : h("li", { class: "options-none" }, "No results"));
    const row = list.querySelector(".marked");
    input.setAttribute("aria-activedescendant", row?.id ?? "");
    place();
    row?.scrollIntoView({ block: "nearest" });
  }

  function rows(found) {
    let group = null;
    return found.map((option, at) => {
      const title =
        option.group !== group && option.group
          ? h("li", { class: "options-group", role: "presentation" }, option.group)
          : null;
      group = option.group;
      const on = chosen.includes(option.key);
      return [
        title,
        h(
          "li",
          {
            class: at === marked ? "option marked" : "option",
            role: "option",
            id: freshId("option"),
            "aria-selected": String(on),
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => take(option),
          },
          option.lead?.(),
          h(
            "span",
            { class: "menu-words" },
            h("span", { class: "menu-label" }, option.label),
            option.detail && h("span", { class: "menu-detail" }, option.detail),
          ),
          on && icon("check", 16),
        ),
      ];
    });
  }

  function take(option) {
    if (!multiple) {
      closePopover();
      change([option.key]);
      return;
    }
    change(chosen.includes(option.key) ? chosen.filter((one) => one !== option.key) : [...chosen, option.key]);
    show();
  }

  function key(event) {
    const open = popoverOf(box);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (open) marked = (marked + step + fitting().length) % Math.max(1, fitting().length);
      event.preventDefault();
      show();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!open) show();
      else if (fitting()[marked]) take(fitting()[marked]);
    } else if (event.key === "Backspace" && multiple && input.value === "") change(chosen.slice(0, -1));
    else if (event.key === "Tab") closePopover();
  }

  function leave() {
    if (popoverOf(box)) closePopover();
    draw();
  }

  draw();
  return box;
}

function chip(option, onremove) {
  return h(
    "span",
    { class: "chip" },
    option.lead?.(),
    option.label,
    h(
      "button",
      { type: "button", class: "ghost", "aria-label": `Remove ${option.label}`, onclick: onremove },
      icon("close", 12),
    ),
  );
}
