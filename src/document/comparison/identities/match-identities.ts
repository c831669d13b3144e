import { Colouring, refine } from "./colouring.js";
import { type IdentityName, type IdentityNames, namesByAppearance, showName } from "./identity-names.js";
import type { IdentifiedLine, IdentityKind } from "./identity-table.js";

// Enough for thousands of processes that meet each other in tens of ways; a crowd that is more alike than that is named by
// order of appearance, which may show a difference, and never hides one.
const mostEffort = 400_000;

/**
 * Names for the identities of both sides, such that those which appear in the same lines have the same name, whatever the
 * order of the lines: the identities of a side are told apart by the lines they stand in, then by the company they keep
 * there, until nothing more is learnt (colour refinement). With `isOrdered`, also by the order of the lines that begin with
 * them.
 */
export function matchIdentities(
  stored: IdentifiedLine[],
  fresh: IdentifiedLine[],
  isOrdered: boolean,
): { stored: IdentityNames; fresh: IdentityNames } {
  const names = namesByAppearance(stored);
  const sides = [new Colouring(stored, isOrdered), new Colouring(fresh, isOrdered)] as const;
  let effort = refine(sides, mostEffort);
  const matched: IdentityNames = new Map();
  for (const [identity, name] of names) {
    const partner = sides[1].firstOf(sides[0].colours.get(identity), matched);
    if (partner === undefined) {
      continue;
    }
    matched.set(partner, name);
    sides[0].colours.set(identity, showName(name));
    sides[1].colours.set(partner, showName(name));
    if (effort > 0 && sides[0].hasCompany(identity)) {
      effort = refine(sides, effort);
    }
  }
  nameTheRest(matched, [...names.values()], fresh);
  return { stored: names, fresh: matched };
}

/** Identities without a counterpart take the names that are left, then new ones, in order of appearance. */
function nameTheRest(matched: IdentityNames, names: IdentityName[], fresh: IdentifiedLine[]): void {
  const taken = new Set(matched.values());
  const free = names.filter((name) => !taken.has(name));
  const highest = new Map<IdentityKind, number>();
  for (const { kind, number } of names) {
    highest.set(kind, Math.max(highest.get(kind) ?? 0, number));
  }
  for (const identity of fresh.flatMap(({ identities }) => identities)) {
    if (matched.has(identity)) {
      continue;
    }
    const { kind } = identity;
    const position = free.findIndex((name) => name.kind === kind);
    const [left] = position < 0 ? [] : free.splice(position, 1);
    const name = left ?? { kind, number: (highest.get(kind) ?? 0) + 1 };
    highest.set(kind, Math.max(highest.get(kind) ?? 0, name.number));
    matched.set(identity, name);
  }
}
