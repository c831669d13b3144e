import { Script } from "node:vm";
import type { FunctionPart } from "../wire/function-parts.cjs";
import { importingScript } from "./importing-script.cjs";

/** A function that can be made, and given its captured variables before or after. */
export interface Template {
  make(): { readonly name: string };
  bind(values: Record<string, unknown>): void;
}

/** Compiles the source of a function; `file` is the URL from which its `import()` looks, and what stacks name. */
export function compile(
  { name, expression, isStrict, usesImport, captures, unset, origin }: FunctionPart,
  file: string,
): Template {
  const bound = captures.map(([captured]) => captured).join(", ");
  const declared = [...captures.map(([captured]) => captured), ...unset].join(", ");
  const strictness = isStrict ? '"use strict"; ' : "";
  const declarations = declared && `let ${declared}; `;
  const binding = bound && `({ ${bound} } = $values$);`;
  const label = JSON.stringify(name || "anonymous");
  const head = `(function () { ${strictness}${declarations}return { bind($values$) { ${binding} }, make() { return ({ ${label}: (`;
  const text = `${head}${expression}) })[${label}]; } }; })`;
  const options = {
    filename: origin?.url ?? (usesImport ? file : name || "anonymous"),
    lineOffset: origin?.line ?? 0,
    columnOffset: (origin?.column ?? 0) - head.length,
  };
  const script = usesImport ? importingScript(text, options) : new Script(text, options);
  return script.runInThisContext()();
}
