// The HTTP API: answers as they are, errors as problems that can be shown.

const ROOT = "api/v1/";
const RETRIES = 3;
const MAX_WAIT_SECONDS = 5;
let session = null;
let onLost = () => {};

/** An answer that is no success, as RFC 9457 describes it. */
export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem(response.status, body.title || `Error ${response.status}`, body.detail || response.statusText);
}

function address(path, query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, value);
  }
  const text = parameters.toString();
  return ROOT + path + (text ? `?${text}` : "");
}

function headersOf(method, { json, ifMatch }) {
  const headers = { Accept: "application/json" };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (ifMatch) headers["If-Match"] = ifMatch;
  if (method !== "GET" && session?.csrfToken) headers["X-CSRF-Token"] = session.csrfToken;
  return headers;
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

/** Asks; what only reads is asked again when the server wants us to wait a little. */
async function request(method, path, options = {}) {
  let response = await ask(method, path, options);
  for (let again = 0; response.status === 429 && method === "GET" && again < RETRIES; again += 1) {
    await pause(Math.min(MAX_WAIT_SECONDS, Number(response.headers.get("Retry-After")) || 1));
    response = await ask(method, path, options);
  }
  if (response.status === 401 && path !== "session") onLost();
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function ask(method, path, options) {
  const { query, json, form, signal } = options;
  try {
    return await fetch(address(path, query), {
      method,
      signal,
      headers: headersOf(method, options),
      credentials: "same-origin",
      body: json === undefined ? form : JSON.stringify(json),
    });
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new Problem(0, "No answer", "The server does not answer. It may be restarting.");
  }
}

const bodyOf = async (response) => (response.status === 204 ? null : response.json());

/** The body of an answer. Options: query, signal. */
export const get = async (path, options) => bodyOf(await request("GET", path, options));

/** The body with the tag to name when changing it. */
export async function getTagged(path, options) {
  const response = await request("GET", path, options);
  return { body: await bodyOf(response), etag: response.headers.get("ETag") };
}

/** Options: json, or form (multipart); ifMatch. */
export const send = async (method, path, options) => bodyOf(await request(method, path, options));

/** All pages of a list, told page by page; ends early once `take` returns false. */
export async function eachPage(path, name, { query, signal }, take) {
  let cursor = null;
  do {
    const page = await get(path, { query: { ...query, cursor }, signal });
    if (take(page[name], page) === false) return;
    cursor = page.next;
  } while (cursor);
}

/** Calls back when the server no longer knows who we are. */
export function whenLost(call) {
  onLost = call;
}

/** Who we are; null if the server wants a token first. */
export async function findSession() {
  try {
    session = await get("session");
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    session = null;
  }
  return session;
}

export async function logIn(token) {
  session = await send("POST", "session", { json: { token } });
  return session;
}

export async function logOut() {
  await send("DELETE", "session");
  session = null;
}

const ROLES = ["viewer", "analyst", "curator", "admin"];

export const who = () => session;

/** Whether our role includes another. The server decides; this only spares people buttons that would be refused. */
export function may(role) {
  return session !== null && ROLES.indexOf(session.role) >= ROLES.indexOf(role);
}

export const idPath = (...parts) => parts.map(encodeURIComponent).join("/");
