import type { IdentityTable } from "../identities/identity-table.js";

const uuid = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi;
const address = /\b0x[\da-f]{6,16}\b/gi;
const localPort = /((?:127\.0\.0\.1|\blocalhost|\[::1\]):)\d{4,5}\b/g;

/** UUIDs become tokens. */
export function uuids(text: string, identities: IdentityTable): string {
  return text.replace(uuid, (id) => identities.token("uuid", id.toLowerCase()));
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
