// Every view in light and dark, at three widths, without a serious finding of axe-core.

import assert from "node:assert/strict";
import { ask } from "../api.mjs";

export const title = "every view is accessible in light and dark, and fits a telephone and a wide screen";

const WIDE = { width: 1920, height: 1080 };
const NARROW = { width: 390, height: 844 };

async function views(walk) {
  const { alerts } = await ask(walk, "alerts", { view: "row", limit: 1 });
  const { protected: models } = await ask(walk, "protected");
  return { live: "#/live", queue: "#/queue", case: `#/case/${encodeURIComponent(alerts[0].alertId)}`, protected: "#/protected", model: `#/protected/${encodeURIComponent(models[0].id)}`, coverage: "#/coverage", explain: "#/explain", operations: "#/operations", nothing: "#/nowhere" };
}

const READY = { live: ".grid-row", queue: ".grid-body .grid-row", case: ".timeline .event", protected: ".sparkline", model: "#preview p:not([role])", coverage: ".matrix", explain: ".drop", operations: ".plain-table", nothing: ".nothing" };

export default async function run(walk) {
  for (const [name, hash] of Object.entries(await views(walk))) {
    await walk.page.setViewportSize({ width: 1280, height: 800 });
    await walk.colours("light");
    await walk.open(hash);
    await walk.see(READY[name]);
    await walk.requireAccessible(`${name}, light`);
    await walk.colours("dark");
    await walk.requireAccessible(`${name}, dark`, ["color-contrast"]);
    await walk.shoot(`dark-${name}`);
    await walk.page.setViewportSize(NARROW);
    await walk.requireAccessible(`${name}, narrow`, ["target-size", "scrollable-region-focusable", "aria-hidden-focus"]);
    assert.ok(await walk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} fits a telephone`);
    await walk.shoot(`narrow-${name}`);
    await walk.colours("light");
    await walk.page.setViewportSize(WIDE);
    await walk.shoot(`wide-${name}`);
  }
  await walk.page.click("#theme");
  assert.equal(await walk.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
  await walk.page.reload();
  assert.equal(await walk.page.evaluate(() => document.documentElement.dataset.theme), "dark", "the choice is remembered");
}
