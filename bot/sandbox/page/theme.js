// Light, dark, or as the system says; the choice is kept in this browser.

const KEY = "tocsin-sandbox-theme";
const root = document.documentElement;

export function restoreTheme() {
  const kept = localStorage.getItem(KEY);
  if (kept) root.dataset.theme = kept;
}

export function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function toggleTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  localStorage.setItem(KEY, root.dataset.theme);
}
