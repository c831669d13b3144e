import { createRequire } from "node:module";
import { isTree, type Tree } from "./syntax-tree.js";

const require = createRequire(import.meta.url);

/** The text is no program of the kind that was asked for, or too deeply nested for the parser. */
export type ParseFailure = "syntax" | "depth";

export interface Parsed {
  readonly tree: Tree;
  /** It is one only outside of strict mode. */
  readonly isSloppy: boolean;
}

/** Parses an expression, which stands in parentheses: places in the tree count from the opening one. */
export function parseExpression(text: string): Parsed | ParseFailure {
  return parseProgram(`(${text})`);
}

/** Parses a script or a module, or the body of a function that a loader or a notebook has put around them. */
export function parseProgram(text: string): Parsed | ParseFailure {
  const strict = parse(text, "module");
  if (typeof strict === "object") {
    return { tree: strict, isSloppy: false };
  }
  const sloppy = strict === "syntax" ? parse(text, "script") : strict;
  return typeof sloppy === "object" ? { tree: sloppy, isSloppy: true } : sloppy;
}

function parse(text: string, sourceType: "module" | "script"): Tree | ParseFailure {
  const acorn: typeof import("acorn") = require("acorn");
  try {
    const tree: unknown = acorn.parse(text, {
      ecmaVersion: "latest",
      sourceType,
      ranges: true,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowHashBang: true,
    });
    return isTree(tree) ? tree : "syntax";
  } catch (error) {
    const isTooDeep = error instanceof RangeError || /stack space/.test(String(error));
    return isTooDeep ? "depth" : "syntax";
  }
}
