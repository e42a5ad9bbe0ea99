// Light, dark, or as the system is.

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "weighbridge.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the choice holds as long as the page.
  }
}

function show(button) {
  replace(button, icon(isDark() ? "sun" : "moon"), h("span", null, isDark() ? "Light" : "Dark"));
  button.setAttribute("aria-label", isDark() ? "Change to light colours" : "Change to dark colours");
}

/** Back to the system's choice if that is what is asked for. */
export function toggle(button) {
  const wanted = isDark() ? "light" : "dark";
  const isSystems = wanted === (dark.matches ? "dark" : "light");
  if (isSystems) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
  remember(isSystems ? null : wanted);
  show(button);
}

export function start(button) {
  const theme = remembered();
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  button.addEventListener("click", () => toggle(button));
  dark.addEventListener("change", () => show(button));
  show(button);
}
