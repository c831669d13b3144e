import { namesByAppearance } from "../identities/identity-names.js";
import type { IdentifiedLine } from "../identities/identity-table.js";
import { matchIdentities } from "../identities/match-identities.js";
import { compareLines } from "../lines/compare-lines.js";
import { isTolerant, withoutNumbers } from "../lines/tolerance.js";
import type { CheckRules } from "../rules/check-rules.js";
import type { OutputSide } from "./output-side.js";

/**
 * Equal outputs have equal names by order of appearance, unless their order is free; others are named so that as much as
 * possible is the same, and what differs is seen.
 */
export function nameIdentities(stored: OutputSide, fresh: OutputSide, rules: CheckRules): void {
  const [storedLines, freshLines] = [stored.allLines, fresh.allLines];
  stored.names = namesByAppearance(storedLines);
  fresh.names = namesByAppearance(freshLines);
  const hasNames = stored.names.size > 0 && fresh.names.size > 0;
  const isEqual = [...stored.parts.keys()].every(
    (name) => compareLines(stored.lines(name), fresh.lines(name), { ...rules, order: "exact" }).length === 0,
  );
  if (!hasNames || isEqual) {
    return;
  }
  const masked = (lines: IdentifiedLine[]): IdentifiedLine[] =>
    isTolerant(rules) ? lines.map(maskNumbers) : lines;
  const names = matchIdentities(masked(storedLines), masked(freshLines), rules.order !== "unordered");
  stored.names = names.stored;
  fresh.names = names.fresh;
}

/** Numbers that need not be equal must not tell identities apart. */
function maskNumbers({ texts, identities }: IdentifiedLine): IdentifiedLine {
  return { texts: texts.map(withoutNumbers), identities };
}
