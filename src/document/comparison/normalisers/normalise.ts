import type { IdentifiedLine, IdentityTable } from "../identities/identity-table.js";
import type { CheckRules, Replacement } from "../rules/check-rules.js";
import { type NormaliserName, normaliserNames, normalisers } from "./normalisers.js";

/**
 * The lines of `text` without what may change from run to run. Process IDs, UUIDs and addresses in memory become identities of
 * `table`, so that the comparison can still tell which of them are the same. One's own replacements see the text as a
 * reader does: they come behind `ansi`, and before all others.
 */
export function normalise(
  text: string,
  { normalisers: isOn, replace }: CheckRules,
  table: IdentityTable,
): IdentifiedLine[] {
  const apply = (result: string, names: NormaliserName[]): string =>
    names.filter((name) => isOn[name]).reduce((each, name) => normalisers[name](each, table), result);
  const readable = apply(table.withoutTokens(text).replace(/\r\n/g, "\n"), ["ansi"]);
  const replaced = replace.reduce(replaceAll, readable);
  const normalised = apply(
    replaced,
    normaliserNames.filter((name) => name !== "ansi"),
  );
  return table.linesOf(normalised.replace(/\n$/, ""));
}

function replaceAll(text: string, { pattern, replacement, flags = "" }: Replacement): string {
  return text.replace(new RegExp(pattern, flags.includes("g") ? flags : `${flags}g`), replacement);
}
