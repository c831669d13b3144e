export type IdentityKind = "pid" | "uuid" | "address";

const tokenPattern = /\uE000(\d+)\uE001/g;

/** What stands for processes and things in the outputs of one cell: the same value is the same token everywhere. */
export class IdentityTable {
  #tokens = new Map<string, number>();
  readonly kinds: IdentityKind[] = [];

  /** The token that stands for `value` in normalised texts. */
  token(kind: IdentityKind, value: string): string {
    const key = `${kind} ${value}`;
    const known = this.#tokens.get(key);
    const number = known ?? this.kinds.length;
    if (known === undefined) {
      this.#tokens.set(key, number);
      this.kinds.push(kind);
    }
    return `\uE000${number}\uE001`;
  }

  /** `text` without characters that could be taken for a token. */
  withoutTokens(text: string): string {
    return text.replace(/[\uE000\uE001]/g, "\uFFFD");
  }
}

/** The identities in a normalised text, in order of appearance. */
export function identitiesIn(text: string): number[] {
  return [...text.matchAll(tokenPattern)].map(([, number]) => Number(number));
}

export function replaceIdentities(text: string, name: (identity: number) => string): string {
  return text.replace(tokenPattern, (_, number: string) => name(Number(number)));
}

/** Names such as `<pid 1>`, counted in the order in which the identities appear in `lines`. */
export function namesByAppearance(lines: string[], kinds: IdentityKind[]): Map<number, string> {
  const names = new Map<number, string>();
  const counts = new Map<IdentityKind, number>();
  for (const identity of lines.flatMap(identitiesIn)) {
    const kind = kinds[identity];
    if (kind === undefined || names.has(identity)) {
      continue;
    }
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    names.set(identity, `<${kind} ${count}>`);
  }
  return names;
}
