// Modal dialogs. The browser keeps the focus inside, and Escape closes them.

import { h, replace } from "./dom.js";
import { failed } from "./parts.js";
import * as keys from "./keys.js";

const FIELD = "input:not([type=radio]), input:checked, select, textarea";

/**
 * A form in a dialog. `submit` may throw a problem, which is shown and keeps the dialog open. Resolves to what it returned, or to null if the
 * dialog was left. The element with `autofocus` gets the focus, or else
 * the first field, or else the button that confirms, so that Enter does what the dialog says.
 */
export function ask({ title, body, confirm, tone, submit }) {
  return new Promise((resolve) => {
    const errors = h("div", null);
    const yes = confirm ? h("button", { type: "submit", class: "primary", "data-tone": tone }, confirm, h("kbd", null, "↵")) : null;
    const leave = () => dialog.close();
    const form = h(
      "form",
      { method: "dialog", class: "dialog-form" },
      h("h2", { id: "dialog-title" }, title),
      body,
      errors,
      h("div", { class: "dialog-buttons" }, h("button", { type: "button", onclick: leave }, confirm ? "Cancel" : "Close", " ", h("kbd", null, "Esc")), yes),
    );
    const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, form);
    let answer = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (yes?.disabled) return;
      if (yes) yes.disabled = true;
      try {
        answer = await submit();
        dialog.close();
      } catch (problem) {
        replace(errors, problem.shown ?? failed(problem));
      } finally {
        if (yes) yes.disabled = false;
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(FIELD) ?? yes ?? dialog.querySelector("button");
    first.focus();
    if (first.select) first.select();
  });
}

function list(title, bindings) {
  const rows = bindings.filter((binding) => binding.label);
  if (!rows.length) return null;
  return h(
    "section",
    null,
    h("h3", null, title),
    h("dl", { class: "keys" }, rows.map((binding) => h("div", null, h("dt", null, binding.keys.split("|")[0].split(" ").map((key) => h("kbd", null, key === " " ? "Space" : key))), h("dd", null, binding.label)))),
  );
}

export function showKeys() {
  const { everywhere, ofView } = keys.all();
  return ask({ title: "Keys", body: h("div", { class: "key-lists" }, list("Here", ofView), list("Everywhere", everywhere)), submit: () => true });
}
