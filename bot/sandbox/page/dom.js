// Building nodes. Data only ever becomes text nodes or attribute values, never markup.

/** h("button", {class: "x", onclick: f, "aria-label": "y"}, "text", node, [more]) → Element */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  append(node, children);
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
  else if (name === "value") node.value = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child);
  }
  return node;
}

export function fragment(...children) {
  return append(document.createDocumentFragment(), children);
}

/** Replaces what is in `root`; the focus stays on the element with the same data-focus, if there still is one. */
export function fill(root, ...children) {
  const held = heldFocus(root);
  root.replaceChildren();
  append(root, children);
  giveFocus(root, held);
}

/** Which control inside `root` has the focus: its data-focus, or null. */
export function heldFocus(root) {
  const active = document.activeElement;
  if (!active || !root.contains(active)) return null;
  return active.closest("[data-focus]")?.dataset.focus ?? null;
}

export function giveFocus(root, held) {
  if (held === null) return false;
  const found = [...root.querySelectorAll("[data-focus]")].find((node) => node.dataset.focus === held);
  found?.focus({ preventScroll: true });
  return found !== undefined;
}

let counter = 0;

/** An id that no other element of this page has, for aria-labelledby and the like. */
export function freshId(word) {
  counter += 1;
  return `${word}-${counter}`;
}

/** What may be a link: only addresses that cannot run anything. */
export function safeHref(url) {
  return /^(https?:\/\/|mailto:|tel:)/i.test(url) ? url : null;
}
