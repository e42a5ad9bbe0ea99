// The filters of the queue: which cases are asked for, and how people say so.

import { h, option } from "./dom.js";
import { number } from "./format.js";
import { severityBadge } from "./parts.js";
import { OPEN_STATES, SEVERITIES, SEVERITY, STATE, STATES } from "./words.js";

export const FILTERS = ["state", "severity", "held", "verdict", "protected", "owner", "uploader", "text", "since", "sort", "by"];
const OPEN = OPEN_STATES.join(",");

/** What the API is asked for: the open ones unless told otherwise. */
export function queryOf(filters) {
  const { by, since, state, ...rest } = filters;
  return { ...rest, state: state === "ANY" ? null : (state ?? OPEN), sort: filters.sort ?? "severity", since: since ? new Date(Date.now() - Number(since) * 3_600_000).toISOString() : null };
}

/** Whether a case that arrived may be one of those that are asked for; the API knows for sure. */
export function mayFit(row, { state, severity, held }) {
  const states = state === "ANY" ? STATES : (state ?? OPEN).split(",");
  return states.includes(row.state) && (!severity || severity.split(",").includes(row.severity)) && (held === "any" || (held ?? null) === row.held);
}

function tab(label, value, filters, count, change) {
  const isOn = (filters.state ?? "") === value;
  return h("button", { type: "button", class: "tab", "aria-pressed": String(isOn), onclick: () => change({ state: value || null }) }, label, count === undefined ? null : h("span", { class: "tab-count" }, number(count)));
}

export function tabs(filters, counts, change) {
  return [
    tab("Open", "", filters, counts?.open, change),
    STATES.map((state) => tab(STATE[state].label, state, filters, counts?.byState?.[state] ?? (counts ? 0 : undefined), change)),
    tab("All", "ANY", filters, counts?.total, change),
  ];
}

export function severityButtons(filters, counts, change) {
  const on = new Set((filters.severity ?? "").split(",").filter(Boolean));
  const flip = (severity) => {
    if (!on.delete(severity)) on.add(severity);
    change({ severity: [...on].join(",") || null });
  };
  return SEVERITIES.map((severity) => h("button", { type: "button", class: "chip", "data-tone": SEVERITY[severity].tone, "aria-pressed": String(on.has(severity)), onclick: () => flip(severity) }, severityBadge(severity), h("span", { class: "tab-count" }, number(counts?.bySeverity?.[severity] ?? 0))));
}

export function select(label, value, choices, change) {
  return h("select", { "aria-label": label, onchange: (event) => change(event.target.value || null) }, choices.map(([code, text]) => option(code, text, code === (value ?? ""))));
}
