import { Script } from "node:vm";
import type { FunctionPart } from "../wire/function-parts.cjs";

/** A function that can be made, and given its captured variables before or after. */
export interface Template {
  make(): { readonly name: string };
  bind(values: Record<string, unknown>): void;
}

type Importer = (specifier: string) => Promise<unknown>;

/** Compiles the source of a function; `importer` stands for its `import()`. */
export function compile(
  { name, expression, isStrict, captures }: FunctionPart,
  importer: Importer,
): Template {
  const names = captures.map(([captured]) => captured).join(", ");
  const strictness = isStrict ? '"use strict"; ' : "";
  const declarations = names && `let ${names}; `;
  const binding = names && `({ ${names} } = $values$);`;
  const label = JSON.stringify(name || "anonymous");
  const head = `(function ($import$) { ${strictness}${declarations}return { bind($values$) { ${binding} }, make() { return ({ ${label}: (`;
  const script = new Script(`${head}${expression}) })[${label}]; } }; })`, {
    filename: name || "anonymous",
    columnOffset: -head.length,
  });
  return script.runInThisContext()(importer);
}
