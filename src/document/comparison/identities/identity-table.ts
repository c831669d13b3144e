export type IdentityKind = "pid" | "uuid" | "address" | "tempfile" | "style" | "svgid";

/** A process or a thing that the outputs of a cell speak of: the same value is the same object everywhere. */
export interface Identity {
  readonly kind: IdentityKind;
}

/** A normalised line: its identities, and the texts around them, of which there is one more. */
export interface IdentifiedLine {
  texts: string[];
  identities: Identity[];
}

/** The identities in the outputs of one cell. While texts are normalised, tokens in them stand for identities. */
export class IdentityTable {
  #tokens = new Map<string, string>();
  #identities: Identity[] = [];

  /** The token that stands for `value`. */
  token(kind: IdentityKind, value: string): string {
    const key = `${kind} ${value}`;
    const token = this.#tokens.get(key) ?? `\uE000${this.#identities.length}\uE001`;
    if (!this.#tokens.has(key)) {
      this.#tokens.set(key, token);
      this.#identities.push({ kind });
    }
    return token;
  }

  /** `text` without characters that could be taken for a token. */
  withoutTokens(text: string): string {
    return text.replace(/[\uE000\uE001]/g, "\uFFFD");
  }

  /** The lines of a text with tokens. */
  linesOf(text: string): IdentifiedLine[] {
    return text.split("\n").map((line) => {
      const parts = line.split(/\uE000(\d+)\uE001/);
      return {
        texts: parts.filter((_, position) => position % 2 === 0),
        identities: parts.flatMap((part, position) =>
          position % 2 === 1 ? (this.#identities[Number(part)] ?? []) : [],
        ),
      };
    });
  }
}
