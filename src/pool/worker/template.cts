import { isAbsolute } from "node:path";
import { Script, type ScriptOptions } from "node:vm";
import type { FunctionPart, LiveImport } from "../wire/function-parts.cjs";
import { importingScript } from "./importing-script.cjs";
import type { Modules } from "./modules.cjs";

/** A function that can be made, and given its captured variables before or after. */
export interface Template {
  make(): { readonly name: string };
  bind(values: Record<string, unknown>): void;
}

type MakeTemplate = (live: object | undefined) => Template;

/** Compiles the source of a function; `modules.file` is the URL from which its `import()` looks, and what stacks name. */
export function compile(part: FunctionPart, modules: Pick<Modules, "file" | "load">): Template {
  const { name, expression, isStrict, usesImport, captures, live, unset, origin } = part;
  const bound = captures.map(([captured]) => captured).join(", ");
  const declared = [...captures.map(([captured]) => captured), ...unset].join(", ");
  const strictness = isStrict ? '"use strict"; ' : "";
  const [scope, end] = live ? ["with ($live$) { ", " }"] : ["", ""];
  const declarations = declared && `let ${declared}; `;
  const binding = bound && `({ ${bound} } = $values$);`;
  const label = JSON.stringify(name || "anonymous");
  const head = `(function ($live$) { ${scope}${declarations}return { bind($values$) { ${binding} }, make() { ${strictness}return ({ ${label}: (`;
  const text = `${head}${expression}) })[${label}]; } };${end} })`;
  const options = {
    filename: fileName(part, modules),
    lineOffset: origin?.line ?? 0,
    columnOffset: (origin?.column ?? 0) - head.length,
  };
  const key = `${options.lineOffset} ${options.columnOffset} ${usesImport} ${options.filename} ${text}`;
  const makeTemplate = templates.get(key) ?? compiled(text, usesImport, options);
  keep(key, makeTemplate);
  return makeTemplate(live && liveScope(live, modules));
}

/** Each name gives what the module exports now. */
function liveScope(live: readonly LiveImport[], modules: Pick<Modules, "load">): object {
  const properties = live.map(([name, from]) => [name, { get: () => modules.load(from) }]);
  return Object.create(null, Object.fromEntries(properties));
}

/** By text and place: functions that are made in a loop share all but the values of their variables. */
const templates = new Map<string, MakeTemplate>();
const templatesKept = 100;

/** The latest ones. */
function keep(key: string, makeTemplate: MakeTemplate): void {
  templates.delete(key);
  templates.set(key, makeTemplate);
  const [oldest] = templates.size > templatesKept ? templates.keys() : [];
  if (oldest !== undefined) {
    templates.delete(oldest);
  }
}

function compiled(text: string, usesImport: boolean, options: ScriptOptions): MakeTemplate {
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
