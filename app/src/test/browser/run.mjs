// Runs the journeys one after another in one browser, and tells of each in a line of JSON.
// Environment: WB_URL of the server without tokens; WB_BROWSER; WB_SCREENSHOTS, a folder; WB_ONLY, journeys by name.

import { readdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { Stage } from "./stage.mjs";
import { Walk } from "./walk.mjs";

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--no-default-browser-check", "--disable-features=Translate,OptimizationHints,MediaRouter"];
const only = process.env.WB_ONLY?.split(",");

async function names() {
  const files = await readdir(new URL("journeys/", import.meta.url));
  return files.filter((file) => file.endsWith(".mjs")).map((file) => file.slice(0, -4)).sort().filter((name) => !only || only.includes(name));
}

async function journey(name, browser, stage) {
  const begun = Date.now();
  const { title, default: run } = await import(`./journeys/${name}.mjs`);
  const walk = await Walk.start(browser, stage, name);
  let problem = null;
  try {
    await run(walk);
    walk.requireQuiet();
  } catch (error) {
    problem = error.stack ?? String(error);
    await walk.shoot(`failed-${name}`).catch(() => {});
  } finally {
    await walk.end();
  }
  stage.tell({ journey: title, name, millis: Date.now() - begun, problem });
  return problem === null;
}

const stage = new Stage();
const browser = await chromium.launch({ executablePath: process.env.WB_BROWSER ?? "/usr/bin/chromium", args: QUIET });
let isGood = true;
try {
  for (const name of await names()) isGood = (await journey(name, browser, stage)) && isGood;
} finally {
  await browser.close();
}
process.exit(isGood ? 0 : 1);
