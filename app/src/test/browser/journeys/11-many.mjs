// Ten thousand cases: only the rows in sight are in the document, and nothing waits for them.

import assert from "node:assert/strict";
import { awaitAnswer } from "../api.mjs";

export const title = "ten thousand cases scroll and filter without long frames";

const CASES = 10_000;
const LONG_FRAME_MILLIS = 200;
const MOST_ROWS = 60;

/** Scrolls from top to bottom and gives the longest time between two frames. */
function scrollThrough() {
  return new Promise((resolve) => {
    const grid = document.querySelector(".cases-grid");
    const frames = 120;
    let longest = 0;
    let last = performance.now();
    let frame = 0;
    function next(now) {
      longest = Math.max(longest, now - last);
      last = now;
      frame += 1;
      grid.scrollTop = (grid.scrollHeight * frame) / frames;
      if (frame < frames) requestAnimationFrame(next);
      else resolve(longest);
    }
    requestAnimationFrame(next);
  });
}

export default async function run(walk) {
  await walk.stage.ask("cases", { count: CASES });
  await awaitAnswer(walk, "alerts/counts", {}, (counts) => counts.total >= CASES, 60_000);
  await walk.open("#/queue?state=ANY&held=any");
  await walk.until((count) => Number(document.querySelector(".cases-grid").getAttribute("aria-rowcount")) > count, CASES);
  const longest = await walk.page.evaluate(scrollThrough);
  walk.stage.tell({ measured: "longest frame while scrolling 10,000 cases, ms", value: Math.round(longest) });
  assert.ok(longest < LONG_FRAME_MILLIS, `longest frame ${Math.round(longest)} ms`);
  assert.ok((await walk.page.locator(".cases-grid .grid-body .grid-row").count()) < MOST_ROWS, "only rows in sight are in the document");
  await walk.shoot("ten-thousand");

  const begun = Date.now();
  await walk.page.fill("#search", "flood-77");
  await walk.until(() => {
    const names = [...document.querySelectorAll(".cases-grid .grid-body .grid-row .cell-what")];
    return names.length > 0 && names.every((name) => name.textContent.includes("flood-77"));
  });
  walk.stage.tell({ measured: "from typing a filter to its rows among 10,000 cases, ms", value: Date.now() - begun });
  await walk.page.locator(".cases-grid").focus();
  await walk.press("End");
  await walk.until(() => document.querySelector(".cases-grid .grid-row.active") !== null);
}
