// Parts that many views are made of.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { age, clock, day } from "./format.js";
import { HELD, MODE, SEVERITY, STATE } from "./words.js";

export function badge(text, tone, sign) {
  return h("span", { class: "badge", "data-tone": tone }, sign ? icon(sign) : null, h("span", null, text));
}

export function worded(words, code) {
  const found = words[code];
  return found ? badge(found.label, found.tone, found.icon) : badge(String(code), "warn", "triangle");
}

export const severityBadge = (severity) => worded(SEVERITY, severity);
export const stateBadge = (state) => worded(STATE, state);
export const modeBadge = (mode) => worded(MODE, mode);

export function heldBadge(held) {
  return held ? badge(HELD[held]?.label ?? held, "warn", "mute") : null;
}

/** A time of day, or a date if it is of another day; the full time is its title. */
export function when(iso) {
  return iso ? h("time", { datetime: iso, title: day(iso) }, clock(iso)) : h("span", { class: "soft" }, "–");
}

export function ago(iso) {
  return iso ? h("time", { datetime: iso, title: day(iso) }, age(iso)) : h("span", { class: "soft" }, "–");
}

export function panel(title, attributes, ...children) {
  const { actions, note, ...rest } = attributes ?? {};
  const head = title ? h("div", { class: "panel-head" }, h("h2", null, title, note ? h("span", { class: "count" }, note) : null), actions ? h("div", { class: "panel-actions" }, actions) : null) : null;
  return h("section", { ...rest, class: `panel ${rest.class ?? ""}` }, head, children);
}

/** What stands where there is nothing: what it means, and what to do. */
export function nothing(title, text, ...actions) {
  return h("div", { class: "nothing" }, h("p", { class: "nothing-title" }, title), text ? h("p", null, text) : null, actions);
}

export function loading(text = "Loading") {
  return h("p", { class: "loading", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), text);
}

/** An error, with a way on. */
export function failed(problem, retry) {
  const text = problem.detail ?? problem.message;
  return h(
    "div",
    { class: "failed", role: "alert" },
    icon("octagon"),
    h("div", null, h("p", { class: "nothing-title" }, problem.title ?? "This did not work"), h("p", null, text)),
    retry ? h("button", { type: "button", onclick: retry }, "Try again") : null,
  );
}

export function heading(title, { note, actions } = {}) {
  return h("div", { class: "view-head" }, h("h1", null, title), note ? h("p", { class: "view-note" }, note) : null, actions ? h("div", { class: "view-actions" }, actions) : null);
}

export function tile(label, value, { note, tone, meter, id } = {}) {
  return h(
    "div",
    { class: "tile", "data-tone": tone, id },
    h("h2", null, label),
    h("p", { class: "number" }, value),
    meter === undefined ? null : h("div", { class: "meter", "aria-hidden": "true" }, h("span", { "--share": `${100 * meter}%` })),
    note ? h("p", { class: "note", title: typeof note === "string" ? note : null }, note) : null,
  );
}

export function field(label, control, hint) {
  return h("label", { class: "field" }, h("span", { class: "field-label" }, label), control, hint ? h("span", { class: "hint" }, hint) : null);
}

export function facts(rows) {
  return h(
    "dl",
    { class: "facts" },
    rows.filter((row) => row && row[1] !== null && row[1] !== undefined && row[1] !== "").map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
  );
}
