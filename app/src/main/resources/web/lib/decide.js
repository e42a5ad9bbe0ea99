// Deciding: what will be recorded is shown, then recorded; what came in between is shown before anything is put away.

import { h, option } from "./dom.js";
import * as api from "./api.js";
import { ask } from "./dialogs.js";
import { number, plural } from "./format.js";
import { notice, tellProblem } from "./notices.js";
import { field, failed } from "./parts.js";
import { STATE } from "./words.js";
import { inWords, isAllowed, isOpen, target, wayBack } from "./triage.js";

const DAY = 86_400_000;
const BULK = 500;
const EXPIRIES = [[7, "for 7 days"], [30, "for 30 days"], [90, "for 90 days"], [365, "for a year"], [0, "until it is lifted"]];

function expiry() {
  return h("select", { name: "until" }, EXPIRIES.map(([days, text]) => option(String(days), text, days === 30)));
}

const until = (select) => (select && select.value !== "0" ? new Date(Date.now() + Number(select.value) * DAY).toISOString() : null);

function form(decision, about) {
  const reason = h("input", { name: "reason", value: decision.reason, required: true, maxlength: 1000, autocomplete: "off", autofocus: true });
  const ends = decision.hasExpiry ? expiry() : null;
  const body = h("div", { class: "decision" }, about, field("Reason, kept for ever with your name", reason), ends ? field("Suppressed", ends, "It comes back by itself when a closer revision arrives.") : null);
  return { body, read: () => ({ reason: reason.value.trim(), until: until(ends) }) };
}

function recordOf(from, to, verdict, occurrences) {
  return h(
    "p",
    { class: "record" },
    h("span", null, "Will be recorded: "),
    h("b", null, `${STATE[from].label} → ${inWords(to, verdict)}`),
    h("span", null, ` by ${api.who()?.name ?? "you"}${occurrences ? `, having seen ${plural(occurrences, "occurrence")}` : ""}`),
  );
}

function post(found, { state, verdict, reason, until: ends }) {
  const json = { state, reason, evidenceVersion: found.occurrences, ...(verdict ? { verdict } : {}), ...(ends ? { until: ends } : {}) };
  return api.send("POST", `${api.idPath("alerts", found.alertId)}/decisions`, { json, ifMatch: `"${found.version}"` });
}

/** What is new since the case was shown, in a few lines. */
function whatIsNew(before, now) {
  const lines = [];
  if (now.state !== before.state) lines.push(`It is ${inWords(now.state, now.verdict)} now: ${now.decisions?.at(-1)?.actor ?? "somebody"} decided meanwhile.`);
  if (now.occurrences > before.occurrences) lines.push(`${plural(now.occurrences - before.occurrences, "further occurrence")} came in.`);
  if (now.best && before.best && now.best.distanceBits < before.best.distanceBits) lines.push(`A revision is closer: ${number(now.best.distanceBits)} bits differ, ${number(before.best.distanceBits)} before.`);
  if (now.severity !== before.severity) lines.push(`Severity changed from ${before.severity} to ${now.severity}.`);
  return lines.length ? lines : ["Somebody or something changed the case meanwhile."];
}

/** Tells what is new and shows it on the page; the decision can be made again from there. */
async function stale(problem, before, showNew) {
  if (problem.status !== 409 && problem.status !== 412) throw problem;
  const now = await api.get(api.idPath("alerts", before.alertId));
  if (now.version === before.version) throw problem;
  showNew(now);
  problem.shown = h("div", { class: "stale", role: "alert" }, h("p", { class: "nothing-title" }, "The case changed while you looked at it"), h("ul", null, whatIsNew(before, now).map((line) => h("li", null, line))), h("p", null, "Nothing was recorded. Confirm again to decide on what is there now."));
  throw problem;
}

/** Asks, records and offers the way back. `show(case)` is called with every newer state of the case. */
export async function decide(found, decision, show) {
  if (!isAllowed(decision, found.state)) {
    notice(`${decision.label}: not possible while the case is ${STATE[found.state].label.toLowerCase()}`, { tone: "alarm" });
    return;
  }
  let current = found;
  const record = h("div", null);
  const state = () => target(decision, current.state);
  const drawRecord = () => record.replaceChildren(recordOf(current.state, state(), decision.verdict, current.occurrences));
  drawRecord();
  const { body, read } = form(decision, record);
  const after = await ask({
    title: decision.label,
    body,
    confirm: "Record",
    tone: decision.tone,
    submit: () =>
      post(current, { state: state(), verdict: decision.verdict, ...read() }).catch((problem) =>
        stale(problem, current, (now) => {
          current = now;
          drawRecord();
          show(now);
        }),
      ),
  });
  if (!after) return;
  const back = wayBack(current.state, after.state ?? state());
  if (after.alertId && after.occurrences !== undefined) show(after);
  notice(decision.done, { undo: back && after.version !== undefined ? () => takeBack(after, back, decision, show) : null });
}

async function takeBack(found, state, decision, show) {
  try {
    show(await post(found, { state, reason: `Taken back: ${decision.done.toLowerCase()}.` }));
    notice(`Taken back: ${STATE[state].label} again`);
  } catch (problem) {
    tellProblem(problem);
  }
}

async function postAll(rows, decision, { reason, until: ends }) {
  const results = [];
  for (const state of new Set(rows.map((row) => target(decision, row.state)))) {
    const ids = rows.filter((row) => target(decision, row.state) === state).map((row) => row.alertId);
    for (let from = 0; from < ids.length; from += BULK) {
      const json = { alertIds: ids.slice(from, from + BULK), state, reason, ...(decision.verdict ? { verdict: decision.verdict } : {}), ...(ends ? { until: ends } : {}) };
      results.push(...(await api.send("POST", "decisions", { json })).results);
    }
  }
  return results;
}

function aboutMany(rows, allowed, decision) {
  const left = rows.length - allowed.length;
  const isPutAway = !isOpen(decision.state);
  return h(
    "div",
    null,
    h("p", { class: "record" }, h("span", null, "Will be recorded: "), h("b", null, `${plural(allowed.length, "case")} → ${inWords(decision.state, decision.verdict)}`), h("span", null, ` by ${api.who()?.name ?? "you"}`)),
    left ? h("p", { class: "hint" }, `${plural(left, "case")} left out: not possible in the state they are in.`) : null,
    isPutAway ? h("p", { class: "hint" }, "A closer revision opens each of them again.") : null,
  );
}

/** Decides many cases alike; resolves to the results, null if left. */
export async function decideMany(rows, decision) {
  const allowed = rows.filter((row) => isAllowed(decision, row.state));
  if (!allowed.length) {
    notice(`${decision.label}: not possible for what is selected`, { tone: "alarm" });
    return null;
  }
  const { body, read } = form(decision, aboutMany(rows, allowed, decision));
  const results = await ask({
    title: `${decision.label}: ${plural(allowed.length, "case")}`,
    body,
    confirm: "Record",
    tone: decision.tone,
    submit: () => postAll(allowed, decision, read()),
  });
  if (!results) return null;
  const refused = results.filter((result) => result.status >= 300);
  if (refused.length) await ask({ title: `${plural(refused.length, "case")} not decided`, body: h("div", null, refused.slice(0, 20).map((result) => failed({ title: result.alertId, message: result.detail ?? `status ${result.status}` }))), submit: () => true });
  if (results.length > refused.length) notice(`${decision.done}: ${plural(results.length - refused.length, "case")}`);
  return results;
}
