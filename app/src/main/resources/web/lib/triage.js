// What people may decide of a case, and the keys for it. The server judges each decision again.

import { STATE, VERDICT } from "./words.js";

/** The states that a case may be brought to, by the state that it is in. */
const ALLOWED = {
  NEW: ["IN_REVIEW", "CONFIRMED", "CLOSED", "DISPUTED", "SUPPRESSED"],
  IN_REVIEW: ["NEW", "CONFIRMED", "CLOSED", "DISPUTED", "SUPPRESSED"],
  CONFIRMED: ["IN_REVIEW", "ACTIONED", "CLOSED", "DISPUTED"],
  ACTIONED: ["IN_REVIEW", "CLOSED", "DISPUTED"],
  DISPUTED: ["IN_REVIEW", "CONFIRMED", "CLOSED"],
  CLOSED: ["NEW", "IN_REVIEW", "DISPUTED"],
  SUPPRESSED: ["NEW", "IN_REVIEW", "CLOSED"],
};

const PUT_AWAY = ["CLOSED", "SUPPRESSED"];

export const isOpen = (state) => !PUT_AWAY.includes(state);

export const DECISIONS = [
  { key: "v", state: "IN_REVIEW", label: "In review", done: "In review", reason: "Taken into review." },
  { key: "c", state: "CONFIRMED", label: "Confirm", done: "Confirmed", reason: "The evidence shows a copy.", tone: "alarm" },
  { key: "a", state: "ACTIONED", label: "Actioned", done: "Actioned", reason: "The hub was asked to take the copy down." },
  { key: "f", state: "CLOSED", verdict: "FALSE_POSITIVE", label: "False positive", done: "Closed as false positive", reason: "The models are not related." },
  { key: "b", state: "CLOSED", verdict: "BENIGN_AUTHORISED", label: "Authorised", done: "Closed as authorised copy", reason: "The owner allows this copy." },
  { key: "o", state: "CLOSED", verdict: "SAME_OWNER", label: "Same owner", done: "Closed as same owner", reason: "Both models are of one owner." },
  { key: "m", state: "CLOSED", verdict: "COMMON_ANCESTOR", label: "Ancestor", done: "Closed as common ancestor", reason: "Both come from the same public model." },
  { key: "s", state: "SUPPRESSED", label: "Suppress", done: "Suppressed", reason: "Not to be looked at for now.", hasExpiry: true },
  { key: "d", state: "DISPUTED", label: "Disputed", done: "Disputed", reason: "The uploader disputes the match." },
  { key: "u", state: "NEW", label: "Reopen", done: "Reopened", reason: "To be looked at again.", isReopening: true },
];

/** Reopening leads to a new case where that is allowed, and into review where it is not. */
export function target(decision, from) {
  if (!decision.isReopening || ALLOWED[from].includes("NEW")) return decision.state;
  return "IN_REVIEW";
}

/** Whether a decision is of use in a state; reopening what is new or under review already is not. */
export function isAllowed(decision, from) {
  if (decision.isReopening) return from !== "NEW" && from !== "IN_REVIEW";
  return ALLOWED[from]?.includes(decision.state) ?? false;
}

/** The state to go back to when a decision is taken back at once; null if there is none. */
export function wayBack(from, to) {
  if (ALLOWED[to].includes(from) && from !== "CLOSED") return from;
  return ALLOWED[to].includes("IN_REVIEW") ? "IN_REVIEW" : null;
}

export const inWords = (state, verdict) => `${STATE[state]?.label ?? state}${verdict ? ` · ${VERDICT[verdict] ?? verdict}` : ""}`;
