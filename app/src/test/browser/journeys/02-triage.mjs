// From alert to decision: queue, case, two keystrokes, and what is kept of it.

import assert from "node:assert/strict";
import { ask, awaitAnswer, openCaseOf } from "../api.mjs";

export const title = "a case is decided in two keystrokes, taken back, and decided again; the state survives a reload";

async function stateOf(walk, id, state) {
  return awaitAnswer(walk, `alerts/${id}`, {}, (found) => found.state === state);
}

export default async function run(walk) {
  const row = await openCaseOf(walk, "mallory/leaf-new");
  await walk.open("#/queue");
  await walk.page.fill("#search", "mallory/leaf-new");
  await walk.until(() => document.querySelectorAll(".cases-grid .grid-body .grid-row").length === 1);
  await walk.page.locator(".cases-grid .grid-body .grid-row").click();
  await walk.see(".case-head h1", row.repo);
  await walk.see(".distances .unrelated");
  assert.ok((await walk.page.locator(".strip span").count()) > 0, "the layers are drawn");
  assert.ok((await walk.page.locator(".pairs tbody tr").count()) >= 10, "both models are side by side");
  await walk.shoot("case");

  await walk.press("f");
  await walk.see("dialog .record", "Closed · False positive");
  await walk.shoot("decide");
  await walk.press("Enter");
  await walk.see(".case-badges .badge", "Closed");
  await walk.see(".toast", "Closed as false positive");
  const closed = await stateOf(walk, row.alertId, "CLOSED");
  assert.equal(closed.verdict, "FALSE_POSITIVE");
  await walk.page.reload();
  await walk.see(".case-badges .badge", "Closed");
  await walk.see(".timeline .event", "The models are not related.");

  await walk.press("u", "Enter");
  await walk.see(".case-badges .badge", "New");
  await walk.press("c", "Enter");
  await walk.see(".case-badges .badge", "Confirmed");
  await walk.press("z");
  await walk.see(".toast", "Taken back");
  await stateOf(walk, row.alertId, "IN_REVIEW");
  await walk.see(".case-badges .badge", "In review");
  const { events } = await ask(walk, `alerts/${row.alertId}/timeline`);
  assert.equal(events.filter((event) => event.kind === "decision").length, 4, "every decision is kept");
}
