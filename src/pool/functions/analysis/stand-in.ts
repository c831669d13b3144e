import type { FunctionPart } from "../../wire/function-parts.cjs";

/** The part of a function that this package has written in place of one which cannot travel. */
export function standIn(
  own: Pick<FunctionPart, "name" | "expression" | "usesImport" | "captures">,
): FunctionPart {
  return {
    ...own,
    kind: "function",
    isClass: false,
    isStrict: true,
    origin: undefined,
    eager: [],
    runsCode: false,
    unset: [],
    members: [],
    parent: undefined,
    prototypeParent: undefined,
  };
}

/** The part of a plain object without anything in it. */
export const emptyObject = {
  kind: "object",
  shape: "object",
  class: undefined,
  isBare: false,
  isExtensible: true,
  entries: [],
} as const;
