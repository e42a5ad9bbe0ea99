// Everything by keys, without a mouse.

import assert from "node:assert/strict";

export const title = "the keyboard alone leads through every view, to a case and back, and shows its keys";

export default async function run(walk) {
  await walk.open("#/live");
  await walk.press("Tab");
  assert.equal(await walk.page.evaluate(() => document.activeElement.id), "skip", "the first stop skips the menu");
  await walk.press("Enter");
  assert.equal(await walk.page.evaluate(() => document.activeElement.id), "main");
  for (const [key, name] of [["p", "Protected"], ["c", "Coverage"], ["e", "Explain"], ["o", "Operations"], ["l", "Live"], ["q", "Queue"]]) {
    await walk.press("g", key);
    await walk.see("#view h1", name);
  }
  await walk.see(".cases-grid .grid-body .grid-row");
  await walk.press("j", "j", "k");
  await walk.until(() => document.querySelector(".cases-grid .grid-row.active")?.dataset.index === "0");
  await walk.press("?");
  await walk.see("dialog h2", "Keys");
  await walk.shoot("keys");
  await walk.press("Escape");
  await walk.gone("dialog");
  await walk.press("j", "Enter");
  await walk.see(".decide-panel");
  await walk.press("s");
  await walk.see("dialog", "Suppressed");
  assert.equal(await walk.page.evaluate(() => document.activeElement.name), "reason", "the reason is ready to be typed over");
  await walk.press("Escape");
  await walk.gone("dialog");
  await walk.press("Escape");
  await walk.see("#view h1", "Queue");
  await walk.press("/");
  assert.equal(await walk.page.evaluate(() => document.activeElement.id), "search");
}
