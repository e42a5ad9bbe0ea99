// What the API says, for comparing with what the page shows.

export async function ask(walk, path, query = {}) {
  const address = new URL(`api/v1/${path}`, `${walk.url}/`);
  Object.entries(query).forEach(([name, value]) => address.searchParams.set(name, value));
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Asks until the answer fits, and gives it back. */
export async function awaitAnswer(walk, path, query, fits, millis = 30_000) {
  const end = Date.now() + millis;
  for (;;) {
    const answer = await ask(walk, path, query);
    if (fits(answer)) return answer;
    if (Date.now() > end) throw new Error(`${path}: still ${JSON.stringify(answer).slice(0, 400)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The open case of an upload whose repository has this name. */
export async function openCaseOf(walk, repo) {
  const { alerts } = await awaitAnswer(walk, "alerts", { view: "row", text: repo, state: "NEW" }, (answer) => answer.alerts.length > 0);
  return alerts[0];
}
