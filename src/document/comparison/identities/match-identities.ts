import { type IdentityKind, identitiesIn, namesByAppearance, replaceIdentities } from "./identities.js";

/** The lines of one side, with tokens for identities, and what each identity is. */
export interface IdentifiedLines {
  lines: string[];
  kinds: IdentityKind[];
}

// Enough for thousands of processes that meet each other in tens of ways; a crowd that is more alike than that is named by
// order of appearance, which may show a difference, and never hides one.
const mostEffort = 400_000;

export interface IdentityNames {
  stored: Map<number, string>;
  fresh: Map<number, string>;
}

/**
 * Names for the identities of both sides, such that those which appear in the same lines have the same name, whatever the
 * order of the lines: the identities of a side are told apart by the lines they stand in, then by the company they keep
 * there, until nothing more is learnt (colour refinement). With `isOrdered`, also by the order of the lines that begin with
 * them.
 */
export function matchIdentities(
  stored: IdentifiedLines,
  fresh: IdentifiedLines,
  isOrdered: boolean,
): IdentityNames {
  const names = namesByAppearance(stored.lines, stored.kinds);
  const sides = [new Colouring(stored, isOrdered), new Colouring(fresh, isOrdered)] as const;
  let effort = refine(sides, mostEffort);
  const matched = new Map<number, string>();
  for (const [identity, name] of names) {
    const partner = sides[1].firstOf(sides[0].colours.get(identity), matched);
    if (partner === undefined) {
      continue;
    }
    matched.set(partner, name);
    sides[0].colours.set(identity, name);
    sides[1].colours.set(partner, name);
    if (effort > 0 && sides[0].hasCompany(identity)) {
      effort = refine(sides, effort);
    }
  }
  nameTheRest(matched, names, fresh);
  return { stored: names, fresh: matched };
}

/** Identities without a counterpart take the names that are left, then new ones, in order of appearance. */
function nameTheRest(matched: Map<number, string>, names: Map<number, string>, fresh: IdentifiedLines): void {
  const taken = new Set(matched.values());
  const free = [...names.values()].filter((name) => !taken.has(name));
  const highest = new Map<string, number>();
  for (const name of names.values()) {
    const [, kind = "", number] = /<(\w+) (\d+)>/.exec(name) ?? [];
    highest.set(kind, Math.max(highest.get(kind) ?? 0, Number(number)));
  }
  for (const identity of fresh.lines.flatMap(identitiesIn)) {
    if (matched.has(identity)) {
      continue;
    }
    const kind = fresh.kinds[identity] ?? "pid";
    const position = free.findIndex((name) => name.startsWith(`<${kind} `));
    const number = (highest.get(kind) ?? 0) + 1;
    if (position < 0) {
      highest.set(kind, number);
    }
    matched.set(identity, position < 0 ? `<${kind} ${number}>` : (free.splice(position, 1)[0] ?? ""));
  }
}

class Colouring {
  readonly colours = new Map<number, string>();
  #lines: { text: string; identities: number[] }[];
  #linesOf = new Map<number, number[]>();
  #isOrdered: boolean;

  constructor({ lines, kinds }: IdentifiedLines, isOrdered: boolean) {
    this.#isOrdered = isOrdered;
    this.#lines = lines.map((text) => ({ text, identities: identitiesIn(text) }));
    for (const [position, { identities }] of this.#lines.entries()) {
      for (const identity of new Set(identities)) {
        this.colours.set(identity, kinds[identity] ?? "");
        const positions = this.#linesOf.get(identity);
        if (positions) {
          positions.push(position);
        } else {
          this.#linesOf.set(identity, [position]);
        }
      }
    }
  }

  /** What tells `identity` from others: the lines it stands in, with the colours of the others there. */
  signature(identity: number): string {
    const own: string[] = [];
    const others: string[] = [];
    for (const position of this.#linesOf.get(identity) ?? []) {
      const { text, identities } = this.#lines[position] as { text: string; identities: number[] };
      const shown = replaceIdentities(text, (each) =>
        each === identity ? "@" : `{${this.colours.get(each)}}`,
      );
      (this.#isOrdered && identities[0] === identity ? own : others).push(shown);
    }
    return JSON.stringify([this.colours.get(identity), own, others.sort()]);
  }

  hasCompany(identity: number): boolean {
    return (this.#linesOf.get(identity) ?? []).some(
      (position) => new Set(this.#lines[position]?.identities).size > 1,
    );
  }

  firstOf(colour: string | undefined, except: Map<number, string>): number | undefined {
    for (const [identity, each] of this.colours) {
      if (each === colour && !except.has(identity)) {
        return identity;
      }
    }
    return undefined;
  }
}

/** Tells identities apart until no more can be, or `effort` (in signatures) is spent; returns what is left of it. */
function refine(sides: readonly Colouring[], effort: number): number {
  let left = effort;
  for (let count = distinctColours(sides); left > 0; ) {
    const palette = new Map<string, string>();
    const repainted = sides.map((side) =>
      [...side.colours.keys()].map((identity) => [identity, side.signature(identity)] as const),
    );
    for (const [index, entries] of repainted.entries()) {
      left -= entries.length;
      for (const [identity, signature] of entries) {
        if (!palette.has(signature)) {
          palette.set(signature, `c${palette.size}`);
        }
        sides[index]?.colours.set(identity, palette.get(signature) ?? "");
      }
    }
    if (palette.size <= count) {
      break;
    }
    count = palette.size;
  }
  return left;
}

function distinctColours(sides: readonly Colouring[]): number {
  return new Set(sides.flatMap((side) => [...side.colours.values()])).size;
}
