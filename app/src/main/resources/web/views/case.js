// Case: the evidence on the left, the decision on the right.

import { eachFrame, h, replace } from "../lib/dom.js";
import * as api from "../lib/api.js";
import { nameOf } from "../lib/casewords.js";
import { decide } from "../lib/decide.js";
import { evidencePanels } from "../lib/evidence.js";
import { plural } from "../lib/format.js";
import * as live from "../lib/live.js";
import { ago, badge, facts, failed, heldBadge, loading, panel, severityBadge, stateBadge, when } from "../lib/parts.js";
import * as router from "../lib/router.js";
import { timeline } from "../lib/timeline.js";
import { DECISIONS, isAllowed } from "../lib/triage.js";
import { HELD, STATE, VERDICT } from "../lib/words.js";

function headOf(found) {
  const { upload } = found.latest;
  const { protectedModel } = found.best;
  return h(
    "header",
    { class: "case-head" },
    h("p", { class: "crumbs" }, h("a", { href: "#/queue" }, "Queue"), " / ", h("span", { class: "mono" }, found.alertId.slice(0, 12))),
    h("h1", null, h("span", null, `${upload.hub}/${upload.repo}`), h("span", { class: "near" }, " is near "), h("a", { href: router.to("protected", protectedModel.id) }, nameOf(protectedModel))),
    h("p", { class: "case-badges" }, severityBadge(found.severity), stateBadge(found.state), found.verdict ? badge(VERDICT[found.verdict] ?? found.verdict, "calm") : null, heldBadge(found.held), h("span", { class: "soft" }, "first seen ", ago(found.firstSeenAt), " ago · last ", ago(found.lastSeenAt), ` ago · ${plural(found.occurrences, "occurrence")} of ${plural(found.revisionCount, "revision")}`)),
    found.held ? h("p", { class: "held-note" }, `Nobody was alerted: ${HELD[found.held]?.why ?? found.held}.`) : null,
  );
}

function dismissalOf(found) {
  if (!found.dismissal) return null;
  const { author, reason, expiresAt, createdAt } = found.dismissal;
  return h("div", { class: "dismissal" }, h("p", null, h("b", null, STATE[found.state]?.label ?? found.state), ` by ${author}: ${reason}`), h("p", { class: "soft" }, "since ", when(createdAt), expiresAt ? [", until ", when(expiresAt)] : ", until it is lifted", ". A closer revision, or a new version of the protected model, opens the case again."));
}

function decisionPanel(found, act) {
  const isAnalyst = api.may("analyst");
  const possible = DECISIONS.filter((decision) => isAllowed(decision, found.state));
  const buttons = possible.map((decision) => h("button", { type: "button", class: "decision-button", "data-tone": decision.tone, disabled: !isAnalyst, onclick: () => act(decision), "aria-keyshortcuts": decision.key }, h("span", null, decision.label), h("kbd", null, decision.key)));
  return panel(
    "Decide",
    { class: "decide-panel" },
    h("div", { class: "pad" }, dismissalOf(found), h("div", { class: "decision-buttons" }, buttons), h("p", { class: "hint" }, isAnalyst ? ["A key, then ", h("kbd", null, "↵"), ". Every decision is kept, with who made it and what they had seen."] : `Your role, ${api.who()?.role}, may look but not decide.`)),
  );
}

function severityPanel(found) {
  return panel("Why this severity", {}, h("div", { class: "pad" }, found.severityReasons?.length ? h("ul", { class: "reasons" }, found.severityReasons.map((reason) => h("li", null, reason))) : h("p", { class: "soft" }, "No reasons were recorded."), facts([["Suppressed occurrences", found.suppressedOccurrences || null], ["Held occurrences", found.heldOccurrences || null]])));
}

export function mount(root, { id, setTitle, setKeys }) {
  let found = null;
  const place = h("div", null, loading("Reading the case"));
  const changed = h("button", { type: "button", class: "fresh", hidden: true, onclick: () => load() });

  const act = (decision) => (api.may("analyst") ? decide(found, decision, take) : undefined);
  const drawSoon = eachFrame(() => draw());

  function take(newer) {
    if (found && newer.version < found.version) return;
    found = newer;
    changed.hidden = true;
    drawSoon();
  }

  function draw() {
    replace(
      place,
      headOf(found),
      h("div", { class: "case-columns" }, h("div", { class: "case-main" }, evidencePanels(found)), h("aside", { class: "case-side", "aria-label": "Decision" }, decisionPanel(found, act), severityPanel(found), timeline(found))),
    );
    setTitle(`${found.latest.upload.repo}`);
    setKeys([...DECISIONS.filter((decision) => isAllowed(decision, found.state)).map((decision) => ({ keys: decision.key, label: decision.label, run: () => act(decision) })), ...ways]);
  }

  async function load() {
    try {
      take(await api.get(api.idPath("alerts", id)));
    } catch (problem) {
      replace(place, problem.status === 404 ? failed({ title: "No such case", message: "It may be older than what is kept." }) : failed(problem, load));
    }
  }

  const ways = [
    { keys: "r", label: "Read again", run: load },
    { keys: "Escape", label: "Back to the queue", run: () => history.length > 1 ? history.back() : router.go("#/queue") },
  ];

  /** What arrives is not put under the reader's eyes unasked: they may be about to decide. */
  function onCase(newer) {
    if (newer.alertId !== id || !found || newer.version <= found.version) return;
    changed.hidden = false;
    replace(changed, newer.occurrences > found.occurrences ? `${plural(newer.occurrences - found.occurrences, "further occurrence")} · show ` : "The case has changed · show ", h("kbd", null, "r"));
  }

  const stops = [live.on("case", onCase), live.on("reset", load)];
  root.append(changed, place);
  load();
  return { title: "Case", keys: ways, close: () => stops.forEach((stop) => stop()) };
}
