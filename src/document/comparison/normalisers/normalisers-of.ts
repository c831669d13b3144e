import type { CodeCell } from "../../notebook.js";
import { IdentityTable } from "../identities/identity-table.js";
import { outputParts } from "../outputs/output-parts.js";
import type { CheckRules } from "../rules/check-rules.js";
import { type NormaliserName, normaliserNames, normalisers } from "./normalisers.js";

/** The normalisers that find something in the outputs of a cell, in the order in which they are applied. */
export function normalisersOf({ outputs }: CodeCell, rules: CheckRules): NormaliserName[] {
  const used = new Set<NormaliserName>();
  for (const part of outputParts(outputs)) {
    let text = part.type === "text" ? part.text : "";
    for (const name of normaliserNames.filter((each) => rules.normalisers[each])) {
      const result = normalisers[name](text, new IdentityTable());
      if (result !== text) {
        used.add(name);
      }
      text = result;
    }
  }
  return normaliserNames.filter((name) => used.has(name));
}
