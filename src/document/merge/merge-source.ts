import { diff3Merge } from "node-diff3";

export interface MergedSource {
  text: string;
  hasConflict: boolean;
}

/** Merges texts line by line; lines that both sides have changed stand between git's marks. */
export function mergeSource(base: string, ours: string, theirs: string): MergedSource {
  if (ours === theirs || base === theirs) {
    return { text: ours, hasConflict: false };
  }
  if (base === ours) {
    return { text: theirs, hasConflict: false };
  }
  const regions = diff3Merge(lines(ours), lines(base), lines(theirs), { excludeFalseConflicts: true });
  const merged = regions.flatMap(({ ok, conflict }) => ok ?? marked(conflict?.a ?? [], conflict?.b ?? []));
  return { text: merged.join("\n"), hasConflict: regions.some(({ conflict }) => conflict !== undefined) };
}

/** Lines of ours and of theirs between marks. */
export function marked(ours: string[], theirs: string[], [left, right] = ["ours", "theirs"]): string[] {
  return [`<<<<<<< ${left}`, ...ours, "=======", ...theirs, `>>>>>>> ${right}`];
}

function lines(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
