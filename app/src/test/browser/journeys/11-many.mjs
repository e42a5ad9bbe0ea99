// Ten thousand cases: only the rows in sight are in the document, and nothing waits for them.

import assert from "node:assert/strict";
import { awaitAnswer } from "../api.mjs";

export const title = "ten thousand cases scroll frame by frame and filter at once";

const CASES = 10_000;
const USUAL_FRAME_MILLIS = 100;
const MOST_ROWS = 60;

/** Scrolls from top to bottom and gives the times between frames in milliseconds, the shortest first. */
function scrollThrough() {
  return new Promise((resolve) => {
    const grid = document.querySelector(".cases-grid");
    const frames = 120;
    const times = [];
    let last = performance.now();
    let frame = 0;
    function next(now) {
      times.push(now - last);
      last = now;
      frame += 1;
      grid.scrollTop = (grid.scrollHeight * frame) / frames;
      if (frame < frames) requestAnimationFrame(next);
      else resolve(times.sort((a, b) => a - b));
    }
    requestAnimationFrame(next);
  });
}

export default async function run(walk) {
  await walk.stage.ask("cases", { count: CASES });
  await awaitAnswer(walk, "alerts/counts", {}, (counts) => counts.total >= CASES, 60_000);
  await walk.open("#/queue?state=ANY&held=any");
  await walk.until((count) => Number(document.querySelector(".cases-grid").getAttribute("aria-rowcount")) > count, CASES);
  const times = await walk.page.evaluate(scrollThrough);
  const at = (share) => Math.round(times[Math.floor(share * (times.length - 1))]);
  walk.stage.tell({ measured: "frames while scrolling through 10,000 cases, ms", median: at(0.5), of95PerCent: at(0.95), longest: at(1) });
  assert.ok(at(0.5) < USUAL_FRAME_MILLIS, `half of the frames take over ${at(0.5)} ms`);
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
