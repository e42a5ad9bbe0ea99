// Login: a token for a session.

import { h, replace } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { failed, field } from "../lib/parts.js";
import * as router from "../lib/router.js";

/** Only addresses of this page: what stands in the address bar is anybody's. */
const nextOf = (query) => (query.next?.startsWith("#/") && !query.next.startsWith("#/login") ? query.next : "#/live");

export function mount(root, { query, began }) {
  const token = h("input", { type: "password", name: "token", required: true, autocomplete: "current-password", spellcheck: "false" });
  const errors = h("div", null);
  const button = h("button", { type: "submit", class: "primary" }, "Log in");

  async function logIn(event) {
    event.preventDefault();
    button.disabled = true;
    try {
      await api.logIn(token.value.trim());
      began();
      router.go(nextOf(query));
    } catch (problem) {
      replace(errors, failed(problem.status === 401 ? { title: "This token is not known", message: "It may be mistyped, revoked, or past its end." } : problem));
      token.select();
    } finally {
      button.disabled = false;
    }
  }

  root.append(
    h(
      "form",
      { class: "login", onsubmit: logIn },
      h("img", { src: "icon.svg", alt: "", width: 44, height: 44 }),
      h("h1", null, "Log in"),
      h("p", { class: "soft" }, "With a token that your administrator made for you."),
      field("Token", token),
      errors,
      button,
      h("p", { class: "hint" }, "An administrator makes one with ", h("code", null, "weighbridge token create"), "."),
    ),
  );
  token.focus();
  return { title: "Log in" };
}
