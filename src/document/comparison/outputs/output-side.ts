import type { Output } from "../../notebook.js";
import { type IdentityNames, type NamedLine, nameLine } from "../identities/identity-names.js";
import { type IdentifiedLine, IdentityTable } from "../identities/identity-table.js";
import { normalise } from "../normalisers/normalise.js";
import type { CheckRules } from "../rules/check-rules.js";
import { type OutputPart, outputParts } from "./output-parts.js";

/** The outputs of one side, normalised. */
export class OutputSide {
  readonly parts: Map<string, OutputPart>;
  names: IdentityNames = new Map();
  readonly #lines = new Map<string, IdentifiedLine[]>();

  constructor(outputs: Output[], rules: CheckRules) {
    const identities = new IdentityTable();
    this.parts = new Map(outputParts(outputs).map((part) => [part.name, part]));
    for (const part of this.parts.values()) {
      if (part.type === "text") {
        this.#lines.set(part.name, normalise(part.text, rules, identities));
      }
    }
  }

  get allLines(): IdentifiedLine[] {
    return [...this.#lines.values()].flat();
  }

  /** The lines of a part, with its identities named; none where there is no such part. */
  lines(name: string): NamedLine[] {
    return (this.#lines.get(name) ?? []).map((line) => nameLine(line, this.names));
  }
}
