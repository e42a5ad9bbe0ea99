// What happened to a case, newest first: revisions seen and decisions made.

import { h, replace } from "./dom.js";
import * as api from "./api.js";
import { icon } from "./icons.js";
import { number } from "./format.js";
import { failed, loading, panel, when } from "./parts.js";
import { STATE } from "./words.js";
import { inWords } from "./triage.js";

function decisionItem(event) {
  const { actor, reason, refusal, until, evidenceVersion } = event;
  return h(
    "li",
    { class: "event", "data-kind": refusal ? "refused" : "decision" },
    h("span", { class: "event-sign" }, icon(STATE[event.state]?.icon ?? "dot")),
    h(
      "div",
      null,
      h("p", { class: "row" }, h("b", null, inWords(event.state, event.verdict)), when(event.at ?? event.decidedAt)),
      h("p", null, reason),
      h("p", { class: "soft" }, `${actor}, having seen ${number(evidenceVersion ?? 0)}`, until ? [" · until ", when(until)] : null),
      refusal ? h("p", { class: "caution" }, `Changed nothing: ${refusal}`) : null,
    ),
  );
}

function matchItem(event) {
  return h(
    "li",
    { class: "event", "data-kind": "match" },
    h("span", { class: "event-sign" }, icon("live")),
    h("div", null, h("p", { class: "row" }, h("b", null, `Match${event.revision ? ` of ${event.revision.slice(0, 12)}` : ""}`), when(event.at)), event.distanceBits === undefined ? null : h("p", { class: "soft" }, `${number(event.distanceBits)}${event.bits ? ` of ${number(event.bits)}` : ""} bits differ`)),
  );
}

export function timeline(found) {
  const list = h("div", { class: "pad" }, loading());
  api
    .get(`${api.idPath("alerts", found.alertId)}/timeline`)
    .then(({ events }) => replace(list, h("ol", { class: "timeline" }, events.map((event) => (event.kind === "decision" ? decisionItem(event) : matchItem(event))))))
    .catch((problem) => replace(list, failed(problem)));
  return panel("Timeline", {}, list);
}
