// A dialog holds the focus: what lies under it is inert until it goes, then the focus returns.

const stack = [];

/** Shows `box` above all; Escape calls `onescape`. → release(), which gives the focus back. */
export function trap(box, onescape) {
  const before = document.activeElement;
  const mine = { box, onescape };
  document.getElementById("modals").append(box);
  stack.push(mine);
  spread();
  return () => {
    stack.splice(stack.indexOf(mine), 1);
    spread();
    // What had the focus may be gone or hidden by now; then its message, else the field one writes in.
    const ways = [before, before?.closest(".message"), document.querySelector("#main .composer-field")];
    for (const one of ways) {
      if (!one?.isConnected || one === document.body) continue;
      one.focus({ preventScroll: true });
      if (document.activeElement === one) return;
    }
  };
}

function spread() {
  document.getElementById("app").inert = stack.length > 0;
  stack.forEach(({ box }, at) => (box.inert = at < stack.length - 1));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || stack.length === 0) return;
  event.preventDefault();
  stack.at(-1).onescape();
});
