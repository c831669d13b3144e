import type { IdentifiedLine, Identity, IdentityKind } from "./identity-table.js";

/** The name under which an identity is shown, such as `<pid 1>`. */
export interface IdentityName {
  kind: IdentityKind;
  /** Counted from 1 for each kind. */
  number: number;
}

export type IdentityNames = Map<Identity, IdentityName>;

/** A line in which identities have names. */
export interface NamedLine {
  text: string;
  names: IdentityName[];
  /** The line without its names. */
  rest: string;
}

export function showName({ kind, number }: IdentityName): string {
  return `<${kind} ${number}>`;
}

export function nameLine({ texts, identities }: IdentifiedLine, names: IdentityNames): NamedLine {
  const own = identities.flatMap((identity) => names.get(identity) ?? []);
  const text = texts.map((each, position) => {
    const name = own[position];
    return name ? each + showName(name) : each;
  });
  return { text: text.join(""), names: own, rest: texts.join("<>") };
}

/** Names counted in the order in which the identities appear in `lines`. */
export function namesByAppearance(lines: IdentifiedLine[]): IdentityNames {
  const names: IdentityNames = new Map();
  const counts = new Map<IdentityKind, number>();
  for (const identity of lines.flatMap(({ identities }) => identities)) {
    if (names.has(identity)) {
      continue;
    }
    const number = (counts.get(identity.kind) ?? 0) + 1;
    counts.set(identity.kind, number);
    names.set(identity, { kind: identity.kind, number });
  }
  return names;
}
