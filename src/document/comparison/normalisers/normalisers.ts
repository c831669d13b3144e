import { stripVTControlCharacters } from "node:util";
import type { IdentityTable } from "../identities/identities.js";
import type { CheckRules } from "../rules/check-rules.js";
import { dates, durations, paths } from "./plain-normalisers.js";

/** The normalisers that can be switched on and off by name. */
export const normalisers = ["ansi", "dates", "durations", "paths", "uuids", "addresses", "pids"] as const;

export type NormaliserName = (typeof normalisers)[number];

// "pid 4711", "pids: [4711, 4712]", "workerPid=4711"; then what names a process by a word: "Worker 4711",
// "Main process is 4711"; then a line such as "[4711] wakes up".
const afterPid =
  /((?:\b[Pp]id|\bPID|[a-z]Pid|[a-z]PID|_pid)s?\b["']?\s*(?:is|=|:|#)?\s*[[(]?\s*)(\d+(?:,\s*\d+)*)/g;
const afterProcess =
  /(\b(?:[Ww]orker|[Pp]rocess|[Cc]hild|[Pp]arent|[Kk]ernel)(?:\s+(?:process|is|id|ID))*\s*[:=#([]?\s*)(\d{2,7})(?![\d%]|\.\d)\b/g;
const atLineStart = /^(\s*\[)(\d{3,7})(?=\]:?\s+[A-Za-z])/gm;
const uuid = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi;
const addressPattern = /\b0x[\da-f]{6,16}\b/gi;
const localPort = /((?:127\.0\.0\.1|\blocalhost|\[::1\]):)\d{4,5}\b/g;

/**
 * `text` without what may change from run to run. Process IDs, UUIDs and memory addresses become tokens of `identities`,
 * so that the comparison can still tell which of them are the same.
 */
export function normalise(text: string, rules: CheckRules, identities: IdentityTable): string {
  const { normalisers, replace } = rules;
  let result = identities.withoutTokens(text).replace(/\r\n/g, "\n");
  if (normalisers.ansi) {
    result = stripVTControlCharacters(result);
  }
  for (const { pattern, replacement, flags = "" } of replace) {
    result = result.replace(new RegExp(pattern, flags.includes("g") ? flags : `${flags}g`), replacement);
  }
  if (normalisers.dates) {
    result = dates(result);
  }
  if (normalisers.durations) {
    result = durations(result);
  }
  if (normalisers.paths) {
    result = paths(result);
  }
  if (normalisers.uuids) {
    result = result.replace(uuid, (id) => identities.token("uuid", id.toLowerCase()));
  }
  if (normalisers.addresses) {
    result = result
      .replace(addressPattern, (address) => identities.token("address", address.toLowerCase()))
      .replace(localPort, "$1<port>");
  }
  return normalisers.pids ? namePids(result, identities) : result;
}

function namePids(text: string, identities: IdentityTable): string {
  const name = (_: string, before: string, pids: string): string =>
    before + pids.replace(/\d+/g, (pid) => identities.token("pid", pid));
  return text.replace(afterPid, name).replace(afterProcess, name).replace(atLineStart, name);
}
