import type { IdentifiedLine, Identity } from "./identity-table.js";

/** Colours for the identities of one side: two of the same colour have not been told apart yet. */
export class Colouring {
  readonly colours = new Map<Identity, string>();
  #linesOf = new Map<Identity, IdentifiedLine[]>();
  #isOrdered: boolean;

  /** With `isOrdered`, the order of the lines that begin with an identity tells it from others. */
  constructor(lines: IdentifiedLine[], isOrdered: boolean) {
    this.#isOrdered = isOrdered;
    for (const line of lines) {
      for (const identity of new Set(line.identities)) {
        this.colours.set(identity, identity.kind);
        const known = this.#linesOf.get(identity);
        if (known) {
          known.push(line);
        } else {
          this.#linesOf.set(identity, [line]);
        }
      }
    }
  }

  /** All that tells `identity` from others: the lines it stands in, with the colours of the others there. */
  signature(identity: Identity): string {
    const own: string[] = [];
    const others: string[] = [];
    for (const { texts, identities } of this.#linesOf.get(identity) ?? []) {
      const shown = texts
        .map((text, position) => text + this.#shown(identities[position], identity))
        .join("");
      (this.#isOrdered && identities[0] === identity ? own : others).push(shown);
    }
    return JSON.stringify([this.colours.get(identity), own, others.sort()]);
  }

  hasCompany(identity: Identity): boolean {
    return (this.#linesOf.get(identity) ?? []).some(({ identities }) => new Set(identities).size > 1);
  }

  firstOf(colour: string | undefined, except: Map<Identity, unknown>): Identity | undefined {
    for (const [identity, each] of this.colours) {
      if (each === colour && !except.has(identity)) {
        return identity;
      }
    }
    return undefined;
  }

  #shown(identity: Identity | undefined, self: Identity): string {
    if (!identity) {
      return "";
    }
    return identity === self ? "@" : `{${this.colours.get(identity)}}`;
  }
}

/** Tells identities apart until no more can be, or `effort` (in signatures) is spent; returns what is left of it. */
export function refine(sides: readonly Colouring[], effort: number): number {
  let left = effort;
  for (let count = distinctColours(sides); left > 0; ) {
    const palette = new Map<string, string>();
    const signatures = sides.map((side) =>
      [...side.colours.keys()].map((identity) => [identity, side.signature(identity)] as const),
    );
    for (const [index, entries] of signatures.entries()) {
      left -= entries.length;
      for (const [identity, signature] of entries) {
        const colour = palette.get(signature) ?? `c${palette.size}`;
        palette.set(signature, colour);
        sides[index]?.colours.set(identity, colour);
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
