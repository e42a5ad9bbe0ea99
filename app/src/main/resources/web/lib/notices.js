// What happened, in a corner, with a way back where there is one.

import { $, h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MILLIS = 8000;
let undoable = null;

/** Options: tone ok or alarm; undo, called at most once. */
export function notice(text, { tone = "ok", undo } = {}) {
  const close = () => {
    made.remove();
    if (undoable === takeBack) undoable = null;
  };
  const takeBack = undo
    ? () => {
        close();
        undo();
      }
    : null;
  const made = h(
    "div",
    { class: "toast", "data-tone": tone },
    icon(tone === "ok" ? "check" : "octagon"),
    h("span", { class: "toast-text" }, text),
    takeBack ? h("button", { type: "button", onclick: takeBack }, "Undo ", h("kbd", null, "z")) : null,
    h("button", { type: "button", class: "quiet-button", onclick: close, "aria-label": "Close notice" }, icon("cross")),
  );
  if (takeBack) undoable = takeBack;
  $("toasts").append(made);
  while ($("toasts").childElementCount > 4) $("toasts").firstElementChild.remove();
  setTimeout(close, tone === "ok" && !takeBack ? SHOWN_MILLIS : 2 * SHOWN_MILLIS);
}

/** A problem of the API, or any error. */
export function tellProblem(problem) {
  if (problem.name !== "AbortError") notice(`${problem.title ?? "This did not work"}: ${problem.message}`, { tone: "alarm" });
}

/** Takes back what the newest notice tells of. */
export function undoNewest() {
  undoable?.();
}
