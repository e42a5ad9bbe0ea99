// Codes of the API in words, with the tone and the sign they are shown in: never by colour alone.

export const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO"];
export const SEVERITY = {
  CRITICAL: { label: "Critical", tone: "critical", icon: "octagon" },
  HIGH: { label: "High", tone: "high", icon: "triangle" },
  MEDIUM: { label: "Medium", tone: "medium", icon: "diamond" },
  LOW: { label: "Low", tone: "low", icon: "down" },
  INFO: { label: "Info", tone: "info", icon: "info" },
};

export const STATES = ["NEW", "IN_REVIEW", "CONFIRMED", "ACTIONED", "DISPUTED", "CLOSED", "SUPPRESSED"];
export const OPEN_STATES = ["NEW", "IN_REVIEW", "CONFIRMED", "ACTIONED", "DISPUTED"];
export const STATE = {
  NEW: { label: "New", tone: "accent", icon: "dot" },
  IN_REVIEW: { label: "In review", tone: "warn", icon: "eye" },
  CONFIRMED: { label: "Confirmed", tone: "alarm", icon: "flag" },
  ACTIONED: { label: "Actioned", tone: "ok", icon: "check" },
  DISPUTED: { label: "Disputed", tone: "warn", icon: "speech" },
  CLOSED: { label: "Closed", tone: "calm", icon: "cross" },
  SUPPRESSED: { label: "Suppressed", tone: "calm", icon: "mute" },
};

export const VERDICT = {
  FALSE_POSITIVE: "False positive",
  BENIGN_AUTHORISED: "Authorised copy",
  SAME_OWNER: "Same owner",
  COMMON_ANCESTOR: "Common ancestor",
  DUPLICATE: "Duplicate",
  TEST: "Test",
  OTHER: "Other",
};

export const HELD = {
  QUARANTINE: { label: "In quarantine", why: "its protected model matches too many uploads" },
  SHADOW: { label: "Shadow", why: "its protected model is in shadow mode" },
  DISABLED: { label: "Disabled", why: "its protected model is disabled" },
};

export const MODE = {
  LIVE: { label: "Live", tone: "ok", icon: "check", means: "Matches are alerts." },
  SHADOW: { label: "Shadow", tone: "warn", icon: "eye", means: "Matches are recorded without an alert, until it goes live." },
  DISABLED: { label: "Disabled", tone: "calm", icon: "mute", means: "Matches are recorded without an alert." },
};

export const OUTCOME = {
  HASHED: { label: "Hashed", tone: "ok", icon: "check" },
  PARTIAL: { label: "Partly hashed", tone: "warn", icon: "half" },
  DEGENERATE: { label: "Degenerate weights", tone: "warn", icon: "triangle" },
  NO_WEIGHTS: { label: "No weights", tone: "warn", icon: "triangle" },
  UNSUPPORTED: { label: "Unsupported", tone: "warn", icon: "triangle" },
  MALFORMED: { label: "Malformed", tone: "warn", icon: "triangle" },
  TOO_LARGE: { label: "Too large", tone: "warn", icon: "triangle" },
  TIMED_OUT: { label: "Timed out", tone: "warn", icon: "triangle" },
  UNREACHABLE: { label: "Unreachable", tone: "warn", icon: "triangle" },
  FORBIDDEN: { label: "Forbidden", tone: "warn", icon: "triangle" },
  DIGEST_MISMATCH: { label: "Digest mismatch", tone: "alarm", icon: "octagon" },
  FAILED: { label: "Failed, our fault", tone: "alarm", icon: "octagon" },
  PART: { label: "Read with another file", tone: "ok", icon: "check" },
};

export const PROTECTION = {
  ACTIVE: { label: "Protected", tone: "ok", icon: "check" },
  PENDING: { label: "Hashing", tone: "busy", icon: "half" },
  NOT_PROTECTED: { label: "Not protected", tone: "alarm", icon: "octagon" },
};
