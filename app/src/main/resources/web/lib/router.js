// Addresses behind the #: "#/case/ID" and "#/queue?state=NEW".

/** The parts of an address and its parameters. */
export function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?", 2);
  const parts = path.split("/").filter(Boolean).map(decode);
  return { name: parts[0] ?? "", id: parts[1] ?? null, query: Object.fromEntries(new URLSearchParams(query ?? "")) };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function to(name, id, query) {
  const parameters = new URLSearchParams(Object.entries(query ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  const text = parameters.toString();
  return `#/${name}${id ? `/${encodeURIComponent(id)}` : ""}${text ? `?${text}` : ""}`;
}

export function go(hash) {
  location.hash = hash;
}

/** Changes the parameters in the address without leaving the view. */
export function note(hash) {
  history.replaceState(null, "", hash);
}
