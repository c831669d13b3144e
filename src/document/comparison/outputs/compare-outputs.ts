import { svgType } from "../../mime.js";
import type { Output } from "../../notebook.js";
import type { PartDifference } from "../difference.js";
import {
  IdentityTable,
  identitiesIn,
  namesByAppearance,
  replaceIdentities,
} from "../identities/identities.js";
import { matchIdentities } from "../identities/match-identities.js";
import { compareLines } from "../lines/compare-lines.js";
import type { DiffLine } from "../lines/diff-lines.js";
import { isTolerant, withoutNumbers } from "../lines/tolerance.js";
import { normalise } from "../normalisers/normalisers.js";
import type { CheckRules } from "../rules/check-rules.js";
import { imageSize, svgSize } from "./image-size.js";
import { type OutputPart, outputParts } from "./output-parts.js";

export interface OutputComparison {
  differences: PartDifference[];
  /** What the rules kept from being compared in full. */
  notes: string[];
}

/** Compares what a cell has stored with what it put out now. */
export function compareOutputs(stored: Output[], fresh: Output[], rules: CheckRules): OutputComparison {
  if (rules.output === "ignore") {
    return { differences: [], notes: ["outputs not compared"] };
  }
  const sides = [new Side(stored, rules), new Side(fresh, rules)] as const;
  nameIdentities(...sides, rules);
  const names = new Set([...sides[0].parts.keys(), ...sides[1].parts.keys()]);
  const differences: PartDifference[] = [];
  const notes: string[] = [];
  for (const name of names) {
    const parts = [sides[0].parts.get(name), sides[1].parts.get(name)] as const;
    const difference = comparePart(name, parts, sides, rules);
    if (difference) {
      differences.push(difference);
    }
    if (rules.images !== "exact" && parts.some(isPicture)) {
      notes.push(imageNote(name, rules.images));
    }
  }
  return { differences, notes };
}

/** The outputs of one side, normalised. */
class Side {
  readonly parts: Map<string, OutputPart>;
  readonly identities = new IdentityTable();
  readonly #lines = new Map<string, string[]>();
  names = new Map<number, string>();

  constructor(outputs: Output[], rules: CheckRules) {
    this.parts = new Map(outputParts(outputs).map((part) => [part.name, part]));
    for (const part of this.parts.values()) {
      if (part.type !== "text") {
        continue;
      }
      const text = normalise(part.text, rules, this.identities).replace(/\n$/, "");
      this.#lines.set(part.name, text.split("\n"));
    }
  }

  get allLines(): string[] {
    return [...this.#lines.values()].flat();
  }

  /** The lines of a part, with its identities named; none where there is no such part. */
  lines(name: string): string[] {
    return (this.#lines.get(name) ?? []).map((line) =>
      replaceIdentities(line, (identity) => this.names.get(identity) ?? "<?>"),
    );
  }
}

/**
 * Equal outputs have equal names by order of appearance, unless their order is free; others are named so that as much as
 * possible is the same, and what differs is seen.
 */
function nameIdentities(stored: Side, fresh: Side, rules: CheckRules): void {
  const [storedLines, freshLines] = [stored.allLines, fresh.allLines];
  stored.names = namesByAppearance(storedLines, stored.identities.kinds);
  fresh.names = namesByAppearance(freshLines, fresh.identities.kinds);
  const hasNames = stored.names.size > 0 && fresh.names.size > 0;
  const isEqual = [...stored.parts.keys()].every(
    (name) => compareLines(stored.lines(name), fresh.lines(name), { ...rules, order: "exact" }).length === 0,
  );
  if (!hasNames || isEqual) {
    return;
  }
  const masked = (lines: string[]): string[] =>
    isTolerant(rules) ? lines.map((line) => maskNumbers(line)) : lines;
  const names = matchIdentities(
    { lines: masked(storedLines), kinds: stored.identities.kinds },
    { lines: masked(freshLines), kinds: fresh.identities.kinds },
    rules.order !== "unordered",
  );
  stored.names = names.stored;
  fresh.names = names.fresh;
}

/** Numbers that need not be equal must not tell identities apart; the tokens of identities are kept. */
function maskNumbers(line: string): string {
  const identities = identitiesIn(line);
  let position = 0;
  return withoutNumbers(replaceIdentities(line, () => "\uE000\uE001")).replace(
    /\uE000\uE001/g,
    () => `\uE000${identities[position++]}\uE001`,
  );
}

function comparePart(
  name: string,
  [stored, fresh]: readonly [OutputPart | undefined, OutputPart | undefined],
  sides: readonly [Side, Side],
  rules: CheckRules,
): PartDifference | undefined {
  if (stored?.type === "image" || fresh?.type === "image") {
    return compareImages(name, stored, fresh, rules);
  }
  const lines = [sides[0].lines(name), sides[1].lines(name)] as const;
  const all = (mark: DiffLine["mark"], texts: string[]): DiffLine[] => texts.map((text) => ({ mark, text }));
  if (!stored) {
    return { kind: "extra", part: name, message: `${name} is new`, lines: all("+", lines[1]) };
  }
  if (!fresh) {
    return { kind: "missing", part: name, message: `${name} is missing`, lines: all("-", lines[0]) };
  }
  if (isPicture(stored) && rules.images === "ignore") {
    return undefined;
  }
  const changes = compareLines(lines[0], lines[1], rules);
  if (changes.length === 0 || hasSameSize(stored, fresh, rules)) {
    return undefined;
  }
  const pictures = isPicture(stored) && { pictures: { stored: dataUrl(stored), fresh: dataUrl(fresh) } };
  return { kind: "changed", part: name, message: `${name} differs`, lines: changes, ...pictures };
}

function compareImages(
  name: string,
  stored: OutputPart | undefined,
  fresh: OutputPart | undefined,
  { images }: CheckRules,
): PartDifference | undefined {
  const pictures = { stored: dataUrl(stored), fresh: dataUrl(fresh) };
  if (stored?.type !== "image") {
    return { kind: "extra", part: name, message: `${name} is new`, lines: [], pictures };
  }
  if (fresh?.type !== "image") {
    return { kind: "missing", part: name, message: `${name} is missing`, lines: [], pictures };
  }
  if (images === "ignore" || stored.data === fresh.data) {
    return undefined;
  }
  const sizes = [imageSize(stored.data), imageSize(fresh.data)];
  if (sizes[0] !== sizes[1]) {
    const message = `${name} was ${sizes[0]} and is ${sizes[1]}`;
    return { kind: "changed", part: name, message, lines: [], pictures };
  }
  if (images === "size") {
    return undefined;
  }
  return { kind: "changed", part: name, message: `${name} differs (both ${sizes[0]})`, lines: [], pictures };
}

function isPicture(part: OutputPart | undefined): boolean {
  return part?.type === "image" || (part?.type === "text" && part.svg !== undefined);
}

/** Whether the rule is to compare SVG pictures by their size, and these have the same. */
function hasSameSize(stored: OutputPart, fresh: OutputPart, { images }: CheckRules): boolean {
  if (images !== "size" || stored.type !== "text" || fresh.type !== "text") {
    return false;
  }
  if (stored.svg === undefined || fresh.svg === undefined) {
    return false;
  }
  return svgSize(stored.svg) === svgSize(fresh.svg);
}

function dataUrl(part: OutputPart | undefined): string | undefined {
  if (part?.type === "text" && part.svg !== undefined) {
    return `data:${svgType};base64,${Buffer.from(part.svg).toString("base64")}`;
  }
  return part?.type === "image" ? `data:${part.mimeType};base64,${part.data}` : undefined;
}

function imageNote(name: string, rule: CheckRules["images"]): string {
  return rule === "size" ? `${name} compared by size only` : `${name} not compared`;
}
