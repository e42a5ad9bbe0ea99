// What arrives: one stream of events for all views, and the newest uploads.

import * as api from "./api.js";

const KEPT_UPLOADS = 2000;
const LISTENERS = new Map();
const RETRY_MILLIS = 3000;

export const uploads = new Map();
export let summary = null;
export let isLoaded = false;
let source = null;
let isWanted = false;
let loading = null;
let isLoadWanted = false;

/** Calls back on `uploads`, `upload`, `case`, `protected`, `policy`, `suppression`, `summary`, `reset` or `connection`; returns how to stop it. */
export function on(type, call) {
  if (!LISTENERS.has(type)) LISTENERS.set(type, new Set());
  LISTENERS.get(type).add(call);
  return () => LISTENERS.get(type).delete(call);
}

function tell(type, ...what) {
  LISTENERS.get(type)?.forEach((call) => call(...what));
}

/** Newest first. */
export function newestUploads() {
  return [...uploads.values()].sort((a, b) => (a.uploadedAt < b.uploadedAt ? 1 : a.uploadedAt > b.uploadedAt ? -1 : a.id < b.id ? 1 : -1));
}

function forgetOld() {
  if (uploads.size <= KEPT_UPLOADS * 1.1) return;
  newestUploads().slice(KEPT_UPLOADS).forEach((upload) => uploads.delete(upload.id));
}

/** Reads the lists. Events that arrive meanwhile are of rows that the lists may lack, so the lists are read again after them. */
function load() {
  isLoadWanted = true;
  loading ??= (async () => {
    try {
      while (isLoadWanted) {
        isLoadWanted = false;
        const found = [];
        await api.eachPage("uploads", "uploads", { query: { limit: 500 } }, (rows) => found.push(...rows) < KEPT_UPLOADS);
        uploads.clear();
        found.forEach((upload) => uploads.set(upload.id, upload));
        take(await api.get("summary"));
        isLoaded = true;
        tell("uploads");
      }
    } catch {
      isLoadWanted = false;
      if (source) setTimeout(load, RETRY_MILLIS);
    } finally {
      loading = null;
    }
  })();
}

function take(newSummary) {
  summary = newSummary;
  tell("summary", summary);
}

function onUpload(event) {
  if (loading) isLoadWanted = true;
  const upload = JSON.parse(event.data);
  const before = uploads.get(upload.id);
  uploads.set(upload.id, upload);
  forgetOld();
  tell("upload", upload, before);
}

function startOver() {
  load();
  tell("reset");
}

export function start() {
  isWanted = true;
  connect();
}

function connect() {
  if (source || !isWanted) return;
  source = new EventSource("api/v1/events");
  source.onopen = () => tell("connection", "live");
  source.onerror = () => {
    tell("connection", "lost");
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    setTimeout(connect, RETRY_MILLIS);
  };
  source.addEventListener("hello", load);
  source.addEventListener("reset", startOver);
  for (const type of ["upload", "outcome", "match"]) source.addEventListener(type, onUpload);
  for (const type of ["case", "protected", "policy", "suppression"]) source.addEventListener(type, (event) => tell(type, JSON.parse(event.data)));
  source.addEventListener("summary", (event) => take(JSON.parse(event.data)));
  load();
}

export function stop() {
  isWanted = false;
  source?.close();
  source = null;
}
