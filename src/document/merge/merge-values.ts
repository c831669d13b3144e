import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../record.js";

/** A value that both sides have changed, each in its own way. */
export interface ValueConflict {
  path: string;
  ours: unknown;
  theirs: unknown;
}

/** Tells of conflicts, and which names (of machines, times, runs) are no reason for one: ours holds. */
export interface MergeRules {
  conflict: (conflict: ValueConflict) => void;
  isOurs: (path: string) => boolean;
}

/** Merges JSON values, objects key by key; undefined stands for an absent one. In a conflict it is the value of ours. */
export function mergeValues(
  [base, ours, theirs]: [unknown, unknown, unknown],
  path: string,
  rules: MergeRules,
): unknown {
  if (isDeepStrictEqual(ours, theirs) || isDeepStrictEqual(base, theirs)) {
    return ours;
  }
  if (isDeepStrictEqual(base, ours)) {
    return theirs;
  }
  if (rules.isOurs(path)) {
    return ours === undefined ? theirs : ours;
  }
  if (isRecord(ours) && isRecord(theirs)) {
    return mergeRecords([isRecord(base) ? base : {}, ours, theirs], path, rules);
  }
  if (isNames(ours) && isNames(theirs)) {
    const before = isNames(base) ? base : [];
    const isKept = (name: string) => !before.includes(name) || (ours.includes(name) && theirs.includes(name));
    return [...new Set([...ours, ...theirs])].filter(isKept);
  }
  rules.conflict({ path, ours, theirs });
  return ours === undefined ? theirs : ours;
}

function mergeRecords(
  [base, ours, theirs]: Record<string, unknown>[],
  path: string,
  rules: MergeRules,
): Record<string, unknown> {
  const keys = [...new Set([...Object.keys(ours ?? {}), ...Object.keys(theirs ?? {})])];
  const entries = keys.map((key) => {
    const inner = path === "" ? key : `${path}.${key}`;
    return [key, mergeValues([base?.[key], ours?.[key], theirs?.[key]], inner, rules)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Lists of words, such as tags, are sets. */
function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
