// Many cases: filters, selection and one decision for all.

import assert from "node:assert/strict";
import { ask, awaitAnswer } from "../api.mjs";

export const title = "filters narrow the queue, groups show where cases come from, and many cases are decided at once";

const rows = (walk) => walk.page.locator(".cases-grid .grid-body .grid-row");

export default async function run(walk) {
  await walk.open("#/queue");
  await walk.see(".cases-grid .grid-body .grid-row");
  await walk.shoot("queue");
  const { alerts } = await ask(walk, "alerts", { view: "row", state: "NEW", severity: "CRITICAL,HIGH" });
  await walk.page.click(".tab:has-text('New')");
  await walk.page.click(".chip:has-text('Critical')");
  await walk.page.click(".chip:has-text('High')");
  await walk.until((count) => document.querySelectorAll(".cases-grid .grid-body .grid-row").length === count, alerts.length);
  assert.match(walk.page.url(), /state=NEW/, "the filters are in the address");

  await walk.page.reload();
  await walk.until((count) => document.querySelectorAll(".cases-grid .grid-body .grid-row").length === count, alerts.length);

  await walk.page.selectOption("[aria-label='Group by']", "protected");
  await walk.see(".groups-side .group");
  await walk.shoot("groups");
  const name = await walk.text(".groups-side .group b");
  await walk.page.locator(".groups-side .group").first().click();
  await walk.until((model) => [...document.querySelectorAll(".cases-grid .grid-body .grid-row .cell-model")].every((cell) => cell.textContent.includes(model)), name.split("/").at(-1));

  const picked = Math.min(2, await rows(walk).count());
  await walk.page.locator(".cases-grid").focus();
  for (let place = 0; place < picked; place += 1) await walk.press("x", "j");
  await walk.see(".bulk", `${picked} selected`);
  await walk.shoot("bulk");
  const ids = (await ask(walk, "alerts", { view: "row", state: "IN_REVIEW", limit: 1000 })).total;
  await walk.press("v");
  await walk.see("dialog .record", "In review");
  await walk.press("Enter");
  await walk.see(".toast", "In review:");
  await awaitAnswer(walk, "alerts", { view: "row", state: "IN_REVIEW", limit: 1000 }, (answer) => answer.total === ids + picked);
}
