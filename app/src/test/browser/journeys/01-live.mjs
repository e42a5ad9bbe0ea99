// Live: an upload appears as it arrives, and its match with it.

import assert from "node:assert/strict";

export const title = "a live upload appears without a reload, and its match with it";

export default async function run(walk) {
  await walk.open("#/live");
  await walk.see(".uploads-grid .grid-body .grid-row");
  assert.equal(await walk.page.locator(".grid-row", { hasText: "eve/just-arrived" }).count(), 0);
  await walk.stage.ask("upload", { file: "lenet-pruned-70-retrained.zip", repo: "eve/just-arrived" });
  await walk.see(".grid-row", "eve/just-arrived");
  await walk.see(".grid-row.is-match", "eve/just-arrived");
  assert.match(await walk.text(".grid-row.is-match:has-text('eve/just-arrived')"), /lenet/);
  assert.match(await walk.text("#announce"), /eve\/just-arrived is near/, "those who do not see the page are told");
  await walk.shoot("live");

  await walk.page.selectOption("#outcome", "match:NO_MATCH");
  await walk.until(() => [...document.querySelectorAll(".uploads-grid .grid-body .grid-row")].every((row) => row.textContent.includes("no match")));
  await walk.page.fill("#text", "nobody-has-this-name");
  await walk.see(".nothing", "No upload fits");
  await walk.page.click("text=Clear filters");
  await walk.see(".grid-row", "eve/just-arrived");

  await walk.page.locator(".grid-row", { hasText: "eve/just-arrived" }).click();
  await walk.see(".case-head h1", "eve/just-arrived");
}
