import { createRequire } from "node:module";
import type { ScopeManager } from "eslint-scope";
import type { Tree } from "./syntax-tree.js";

const require = createRequire(import.meta.url);

/** The scopes of a program, with the variables that they declare and the references to them. */
export function scopesIn(program: Tree, isStrict: boolean): ScopeManager {
  const { analyze }: typeof import("eslint-scope") = require("eslint-scope");
  return analyze(program as never, { ecmaVersion: 2022, sourceType: isStrict ? "module" : "script" });
}
