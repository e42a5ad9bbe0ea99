// What happens around the page: the test that started us publishes to the broker when we ask it to, over our standard output and input.

import { createInterface } from "node:readline";

export class Stage {
  constructor() {
    this.waiting = [];
    createInterface({ input: process.stdin }).on("line", (line) => this.waiting.shift()?.(JSON.parse(line)));
  }

  tell(message) {
    process.stdout.write(`${JSON.stringify(message)}\n`);
  }

  /** Asks for something to be done, and waits until it is. */
  async ask(what, details = {}) {
    const answer = new Promise((resolve) => this.waiting.push(resolve));
    this.tell({ ask: what, ...details });
    const { problem, ...rest } = await answer;
    if (problem) throw new Error(`${what}: ${problem}`);
    return rest;
  }
}
