// What floats beside the thing that opened it: one at a time, closed by Escape, a click elsewhere, or its anchor's end.
import { h } from "./dom.js";

const GAP = 6; // pixels to the anchor and to the window's edge
let open = null;

/** Shows `content` beside `anchor`. → close(). */
export function popover(anchor, content, { onclose, align = "start", keepFocus = false, width = null } = {}) {
  closePopover();
  const box = h("div", { class: "popover" }, content);
  document.getElementById("popovers").append(box);
  if (width) box.style.setProperty("min-width", `${width}px`);
  const mine = { box, anchor, align, onclose, keepFocus, ...standingIn(anchor) };
  open = mine;
  place();
  return () => open === mine && closePopover();
}

export function closePopover({ refocus = true } = {}) {
  if (!open) return;
  const { box, anchor, onclose, keepFocus } = open;
  open = null;
  if (anchor.ariaExpanded) anchor.ariaExpanded = "false";
  const held = box.contains(document.activeElement);
  box.remove();
  if (refocus && held && !keepFocus && anchor.isConnected) anchor.focus({ preventScroll: true });
  onclose?.();
}

export const popoverOf = (anchor) => open?.anchor === anchor;

/** Puts the open one where it belongs, e.g. after its content grew. */
export function place() {
  if (!open) return;
  if (!open.anchor.isConnected) {
    const again = successor(open);
    if (!again) {
      closePopover();
      return;
    }
    if (open.anchor.ariaExpanded) again.ariaExpanded = open.anchor.ariaExpanded;
    open.anchor = again;
  }
  const { box, anchor, align } = open;
  const at = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const wished = align === "end" ? at.right - width : at.left;
  const left = Math.max(GAP, Math.min(wished, innerWidth - width - GAP));
  const below = at.bottom + GAP + height <= innerHeight;
  const top =
    below || at.top < height + GAP * 2 ? Math.min(at.bottom + GAP, innerHeight - height - GAP) : at.top - height - GAP;
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${Math.max(GAP, top)}px`);
}

const standingIn = (anchor) => ({ root: anchor.closest(".rows, .home, #sidebar"), ts: anchor.closest("[data-ts]")?.dataset.ts });

/** The same button in the same message, Home or side, where that was drawn anew: news must not close a menu. */
function successor({ anchor, root, ts }) {
  const around = ts ? [...(root?.querySelectorAll("[data-ts]") ?? [])].find((one) => one.dataset.ts === ts) : root;
  const { action, focus } = anchor.dataset;
  const same = (one) =>
    one.ariaLabel === anchor.ariaLabel && one.dataset.action === action && (ts || one.dataset.focus === focus);
  return [...(around?.querySelectorAll("button") ?? [])].find(same);
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) closePopover({ refocus: false });
});
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    event.stopPropagation();
    closePopover();
  },
  true,
);
addEventListener("resize", place);
document.addEventListener(
  "scroll",
  (event) => {
    if (open && !open.box.contains(event.target)) place();
  },
  true,
);
