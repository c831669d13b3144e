import { isAbsolute } from "node:path";
import { Script, type ScriptOptions } from "node:vm";
import type { FunctionPart } from "../wire/function-parts.cjs";
import { importingScript } from "./importing-script.cjs";
import type { Modules } from "./modules.cjs";

/** A function that can be made, and given its captured variables before or after. */
export interface Template {
  make(): { readonly name: string };
  bind(values: Record<string, unknown>): void;
}

/** Compiles the source of a function; `modules.file` is the URL from which its `import()` looks, and what stacks name. */
export function compile(part: FunctionPart, modules: Pick<Modules, "file">): Template {
  const { name, expression, isStrict, usesImport, captures, unset, origin } = part;
  const bound = captures.map(([captured]) => captured).join(", ");
  const declared = [...captures.map(([captured]) => captured), ...unset].join(", ");
  const strictness = isStrict ? '"use strict"; ' : "";
  const declarations = declared && `let ${declared}; `;
  const binding = bound && `({ ${bound} } = $values$);`;
  const label = JSON.stringify(name || "anonymous");
  const head = `(function () { ${strictness}${declarations}return { bind($values$) { ${binding} }, make() { return ({ ${label}: (`;
  const text = `${head}${expression}) })[${label}]; } }; })`;
  const options = {
    filename: fileName(part, modules),
    lineOffset: origin?.line ?? 0,
    columnOffset: (origin?.column ?? 0) - head.length,
  };
  const key = `${options.lineOffset} ${options.columnOffset} ${usesImport} ${options.filename} ${text}`;
  const makeTemplate = templates.get(key) ?? compiled(text, usesImport, options);
  keep(key, makeTemplate);
  return makeTemplate();
}

/** By text and place: functions that are made in a loop share all but the values of their variables. */
const templates = new Map<string, () => Template>();
const templatesKept = 100;

/** The latest ones. */
function keep(key: string, makeTemplate: () => Template): void {
  templates.delete(key);
  templates.set(key, makeTemplate);
  const [oldest] = templates.size > templatesKept ? templates.keys() : [];
  if (oldest !== undefined) {
    templates.delete(oldest);
  }
}

function compiled(text: string, usesImport: boolean, options: ScriptOptions): () => Template {
  const script = usesImport ? importingScript(text, options) : new Script(text, options);
  return script.runInThisContext();
}

/** A compiled cell has only a name: it looks from where a function does that is in no file. */
function fileName({ name, usesImport, origin }: FunctionPart, modules: Pick<Modules, "file">): string {
  if (!origin) {
    return usesImport ? modules.file : name || "anonymous";
  }
  const isName = !isAbsolute(origin.url) && !URL.canParse(origin.url);
  return usesImport && isName ? new URL(origin.url, modules.file).href : origin.url;
}
