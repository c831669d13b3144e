import type { IdentityTable } from "../identities/identity-table.js";

const uuid = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi;
const address = /\b0x[\da-f]{6,16}\b/gi;
const localPort = /((?:127\.0\.0\.1|\blocalhost|\[::1\]):)\d{4,5}\b/g;

// Version 4 without dashes, as `uuid4().hex` gives it; other 32 digits may be a digest.
const uuidHex = /(?<![\da-fA-F])[\da-f]{12}4[\da-f]{3}[89ab][\da-f]{15}(?![\da-fA-F])/g;
const modelId = /("model_id":\s*")([^"]+)(?=")/g;

/** UUIDs become tokens, random ones without dashes and the ids of widgets' models too. */
export function uuids(text: string, identities: IdentityTable): string {
  const name = (id: string): string => identities.token("uuid", id.toLowerCase().replaceAll("-", ""));
  return text
    .replace(modelId, (_, before: string, id: string) => before + name(id))
    .replace(uuid, name)
    .replace(uuidHex, name);
}

const temporaryFolder =
  /(?:\/private)?(?:\/var\/folders\/[^/\s]+\/[^/\s]+\/T|\/(?:var\/)?tmp|\/dev\/shm)\/+([\w@+~-]+)(?![\w@+~-]|\/[\w.@+~-])|[A-Za-z]:\\(?:[^\\/\s"'`<>|:*?]+\\)*Te?mp\\([\w@+~-]+)(?![\w@+~-]|\\[\w.@+~-])/g;
const pythonTemporary = /\btmp[a-z0-9_]{8}(?![a-z0-9_])/g;

/** Files that stand directly in a temporary folder, and what Python's tempfile names, become tokens. */
export function tempfiles(text: string, identities: IdentityTable): string {
  const name = (file: string): string => identities.token("tempfile", file);
  return text
    .replace(
      temporaryFolder,
      (_, posix?: string, windows?: string) => `<path>/${name(posix ?? windows ?? "")}`,
    )
    .replace(pythonTemporary, name);
}

const stylerId = /\bT_[\da-f]{5}(?=_|\W|$)/gm;

/** The ids that pandas gives to a styled table become tokens. */
export function styles(text: string, identities: IdentityTable): string {
  return text.replace(stylerId, (id) => identities.token("style", id));
}

const matplotlibId =
  /((?:\bid="|href="#|url\(#)(?:C[\da-f]+_[\da-f]+_)?(?:m|p|h|C|image)?)([\da-f]{10})(?=[")])/g;

/** The ids that matplotlib makes up for the parts of an SVG picture become tokens. */
export function svgids(text: string, identities: IdentityTable): string {
  return text.replace(
    matplotlibId,
    (_, before: string, id: string) => before + identities.token("svgid", id),
  );
}

/** Addresses in memory become tokens, and ports of this machine `<port>`. */
export function addresses(text: string, identities: IdentityTable): string {
  return text
    .replace(address, (each) => identities.token("address", each.toLowerCase()))
    .replace(localPort, "$1<port>");
}

// "pid 4711", "pids: [4711, 4712]", "workerPid=4711"; then what names a process by a word: "Worker 4711",
// "Main process is 4711"; then a line such as "[4711] wakes up".
const afterPid =
  /((?:\b[Pp]id|\bPID|[a-z]Pid|[a-z]PID|_pid)s?\b["']?\s*(?:is|=|:|#)?\s*[[(]?\s*)(\d+(?:,\s*\d+)*)/g;
const afterProcess =
  /(\b(?:[Ww]orker|[Pp]rocess|[Cc]hild|[Pp]arent|[Kk]ernel)(?:\s+(?:process|is|id|ID))*\s*[:=#([]?\s*)(\d{2,7})(?![\d%]|\.\d)\b/g;
const atLineStart = /^(\s*\[)(\d{3,7})(?=\]:?\s+[A-Za-z])/gm;

/** Process IDs become tokens, by the words around them. */
export function pids(text: string, identities: IdentityTable): string {
  const name = (_: string, before: string, found: string): string =>
    before + found.replace(/\d+/g, (pid) => identities.token("pid", pid));
  return text.replace(afterPid, name).replace(afterProcess, name).replace(atLineStart, name);
}
