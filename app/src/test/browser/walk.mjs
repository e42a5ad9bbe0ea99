// One journey's page: opening views, pressing keys, and what must hold wherever it goes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PATIENCE_MILLIS = 20_000;
const SERIOUS = ["serious", "critical"];

export class Walk {
  static async start(browser, stage, name) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light", reducedMotion: "reduce" });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    return new Walk(context, page, stage, name);
  }

  constructor(context, page, stage, name) {
    Object.assign(this, { context, page, stage, name, complaints: [], expected: [] });
    this.url = process.env.WB_URL;
    this.folder = process.env.WB_SCREENSHOTS ?? "screenshots";
    page.on("pageerror", (error) => this.complaints.push(`error: ${error.message}`));
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && this.complaints.push(`${message.type()}: ${message.text()}`));
    page.on("request", (request) => this.ownOnly(request.url()));
  }

  ownOnly(address) {
    const { protocol, hostname } = new URL(address);
    if (["http:", "https:"].includes(protocol) && hostname !== new URL(this.url).hostname) this.complaints.push(`asked another host: ${address}`);
  }

  /** Complaints of the browser that the journey provokes. */
  expect(pattern) {
    this.expected.push(pattern);
  }

  /** Nothing went wrong behind the scenes: no error, no warning, no breach of the content policy, no request to elsewhere. */
  requireQuiet() {
    assert.deepEqual(this.complaints.filter((complaint) => !this.expected.some((pattern) => pattern.test(complaint))), []);
  }

  async open(hash, server = this.url) {
    await this.page.goto(`${server}/${hash}`);
    await this.see("#view > *");
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The first element that fits and is seen. */
  see(selector, text) {
    return this.page.locator(selector, text === undefined ? {} : { hasText: text }).filter({ visible: true }).first().waitFor();
  }

  gone(selector) {
    return this.page.locator(selector).first().waitFor({ state: "hidden" });
  }

  /** Waits until a question of the page has the answer. */
  async until(question, given) {
    await this.page.waitForFunction(question, given);
  }

  text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  async shoot(name) {
    await mkdir(this.folder, { recursive: true });
    await this.page.screenshot({ path: path.join(this.folder, `${name}.png`) });
  }

  colours(scheme) {
    return this.page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  }

  /** No serious or critical finding of axe-core, by all of its rules or by some. The page's own policy holds: the check comes in beside it, not through it. */
  async requireAccessible(what, rules) {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate((only) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(only ? { runOnly: { type: "rule", values: only } } : {}) }), rules);
    const found = violations.filter((violation) => SERIOUS.includes(violation.impact)).map((violation) => `${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
    assert.deepEqual(found, [], `accessibility of ${what}`);
  }

  end() {
    return this.context.close();
  }
}
