// A case that changes while somebody looks at it: nothing is put away unseen.

import assert from "node:assert/strict";
import { ask, awaitAnswer } from "../api.mjs";

export const title = "a decision on evidence that has changed is not recorded, and what is new is shown first";

/** Two algorithms match each revision of this upload, one after the other. */
async function caseWithBothMatches(walk, query, revisions = 1) {
  const { alerts } = await awaitAnswer(walk, "alerts", { view: "row", ...query }, (answer) => answer.alerts[0]?.occurrences === 2 * revisions);
  return alerts[0];
}

export default async function run(walk) {
  const row = await caseWithBothMatches(walk, { text: "heidi/leaf-mobile-v2" });
  await walk.open(`#/case/${encodeURIComponent(row.alertId)}`);
  await walk.see(".case-head h1", row.repo);
  await walk.press("f");
  await walk.see("dialog .record", "Closed");
  await walk.stage.ask("upload", { file: "mobile-noisy-10.zip", repo: row.repo, hub: row.hub, revision: "second" });
  await caseWithBothMatches(walk, { text: "heidi/leaf-mobile-v2" }, 2);
  walk.expect(/status of (409|412)/);
  await walk.press("Enter");
  await walk.see("dialog .stale", "further occurrence");
  assert.equal((await ask(walk, `alerts/${row.alertId}`)).state, "NEW", "nothing was recorded");
  await walk.shoot("stale");
  await walk.press("Enter");
  await walk.see(".case-badges .badge", "Closed");
  const decided = await awaitAnswer(walk, `alerts/${row.alertId}`, {}, (found) => found.state === "CLOSED");
  assert.ok(decided.decisions.at(-1).evidenceVersion > row.occurrences, "the decision names what was seen");
}
