import type { Output } from "../../notebook.js";
import type { PartDifference } from "../difference.js";
import { compareLines } from "../lines/compare-lines.js";
import { marked } from "../lines/diff-lines.js";
import { notCompared } from "../not-compared.js";
import type { CheckRules } from "../rules/check-rules.js";
import { compareImages, hasSameSize, isPicture, pictureNote, picturesOf } from "./compare-pictures.js";
import { nameIdentities } from "./name-identities.js";
import { OutputSide } from "./output-side.js";

export interface OutputComparison {
  differences: PartDifference[];
  /** The parts that the rules kept from being compared in full, in words. */
  notes: string[];
}

/** Compares what a cell has stored with what it put out now. */
export function compareOutputs(stored: Output[], fresh: Output[], rules: CheckRules): OutputComparison {
  if (rules.output === "ignore") {
    return { differences: [], notes: [notCompared.byRule] };
  }
  const sides: Sides = { stored: new OutputSide(stored, rules), fresh: new OutputSide(fresh, rules) };
  nameIdentities(sides.stored, sides.fresh, rules);
  const differences: PartDifference[] = [];
  const notes: string[] = [];
  for (const name of new Set([...sides.stored.parts.keys(), ...sides.fresh.parts.keys()])) {
    const difference = comparePart(name, sides, rules);
    if (difference) {
      differences.push(difference);
    }
    const hasPicture = isPicture(sides.stored.parts.get(name)) || isPicture(sides.fresh.parts.get(name));
    if (rules.images !== "exact" && hasPicture) {
      notes.push(pictureNote(name, rules.images));
    }
  }
  return { differences, notes };
}

interface Sides {
  stored: OutputSide;
  fresh: OutputSide;
}

function comparePart(name: string, sides: Sides, rules: CheckRules): PartDifference | undefined {
  const [stored, fresh] = [sides.stored.parts.get(name), sides.fresh.parts.get(name)];
  if (stored?.type === "image" || fresh?.type === "image") {
    return compareImages(name, stored, fresh, rules);
  }
  const [old, now] = [sides.stored.lines(name), sides.fresh.lines(name)];
  if (!stored) {
    return { kind: "extra", part: name, message: `${name} is new`, lines: marked("+", now) };
  }
  if (!fresh) {
    return { kind: "missing", part: name, message: `${name} is missing`, lines: marked("-", old) };
  }
  if (isPicture(stored) && rules.images === "ignore") {
    return undefined;
  }
  const changes = compareLines(old, now, rules);
  if (changes.length === 0 || hasSameSize(stored, fresh, rules)) {
    return undefined;
  }
  const pictures = isPicture(stored) && { pictures: picturesOf(stored, fresh) };
  return { kind: "changed", part: name, message: `${name} differs`, lines: changes, ...pictures };
}
