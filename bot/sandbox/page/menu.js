// A menu of things to do, beside the button that opened it.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, popover, popoverOf } from "./popover.js";

/** items: {label, detail?, lead? (a node), checked?, danger?, href?, data?, onselect} or {title}. */
export function openMenu(anchor, items, { label, align = "start", width = null } = {}) {
  if (popoverOf(anchor)) {
    closePopover();
    return;
  }
  const nodes = items.map((item) =>
    item.title ? h("div", { class: "menu-title", role: "presentation" }, item.title) : entry(item),
  );
  const root = h(
    "div",
    { class: "menu", role: "menu", "aria-label": label, onkeydown: (event) => move(event, root) },
    nodes,
  );
  anchor.setAttribute("aria-expanded", "true");
  popover(anchor, root, { align, width });
  (root.querySelector("[aria-checked=true]") ?? root.querySelector("[role^=menuitem]"))?.focus();
}

function entry(item) {
  const choice = item.checked !== undefined;
  const inside = [
    item.lead,
    h(
      "span",
      { class: "menu-words" },
      h("span", { class: "menu-label" }, item.label),
      item.detail && h("span", { class: "menu-detail" }, item.detail),
    ),
    item.checked && icon("check", 16),
  ];
  const props = {
    class: item.danger ? "menu-item danger" : "menu-item",
    role: choice ? "menuitemradio" : "menuitem",
    tabindex: "-1",
    "aria-checked": choice ? String(item.checked) : null,
    ...item.data,
    onclick: () => {
      closePopover();
      item.onselect?.();
    },
  };
  return item.href
    ? h("a", { ...props, href: item.href, target: "_blank", rel: "noopener noreferrer" }, inside)
    : h("button", { ...props, type: "button" }, inside);
}

function move(event, root) {
  const all = [...root.querySelectorAll("[role^=menuitem]")];
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === "Tab") closePopover();
  if (to === undefined) return;
  event.preventDefault();
  all[(to + all.length) % all.length]?.focus();
}
