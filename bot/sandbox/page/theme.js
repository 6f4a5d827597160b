// Light, dark, or as the system says; the choice is kept in this browser.
import { changed, store } from "./store.js";

const KEY = "tocsin-sandbox-theme";
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

export function restoreTheme() {
  const kept = localStorage.getItem(KEY);
  if (kept) root.dataset.theme = kept;
}

system.addEventListener("change", () => store.state && changed());

export function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

export function toggleTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  localStorage.setItem(KEY, root.dataset.theme);
}
