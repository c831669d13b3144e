import { isBuiltin as isBuiltinName } from "node:module";
import type { AnyFunction } from "../../function-types.js";
import type { ModulePart } from "../../wire/function-parts.cjs";
import { parseProgram } from "../analysis/parse.js";
import { isTree, type Tree } from "../analysis/syntax-tree.js";
import { type Variables, valueIn } from "../inspection/closure.js";
import { placeOf, type Script } from "../inspection/scripts.js";
import { isObject } from "../objects.js";
import { isBuiltin } from "./builtins.js";
import { knownPart } from "./known-values.js";

/** The variables that the import declarations of a module bind, by their local names. */
export type Imports = ReadonlyMap<string, ModulePart>;

const importsByScript = new Map<string, Imports>();
const importedKey = Symbol.for("poolbook.imported");
/** In a worker, with those that it has imported for its tasks. */
const importedValues: WeakMap<object, ModulePart> = Reflect.get(globalThis, importedKey) ?? new WeakMap();

/**
 * The import that gave a module's function a value by this name. A primitive one is the worker's, too, as a member of the
 * whole module is; nothing for one of Node's modules, whose values are the same everywhere.
 */
export function importedAs(fn: AnyFunction, name: string, variables: Variables): ModulePart | undefined {
  const script = placeOf(fn)?.script;
  if (!script?.url.startsWith("file:")) {
    return undefined;
  }
  const imports = importsOf(script);
  rememberValues(imports, variables);
  const value = valueIn(variables, name);
  const known = isObject(value) ? knownPart(value) : undefined;
  if (known && (known.kind !== "module" || isBuiltin(known))) {
    return undefined;
  }
  const imported = imports.get(name);
  return isObject(value) || (imported && !isBuiltinName(imported.module)) ? imported : undefined;
}

/** Finds a value that some module of the user's, of which a function was seen, has imported. */
export function importedValue(value: object): ModulePart | undefined {
  return importedValues.get(value);
}

function rememberValues(imports: Imports, variables: Variables): void {
  for (const [name, part] of imports) {
    const value = valueIn(variables, name);
    if (isObject(value) && !importedValues.has(value)) {
      importedValues.set(value, part);
    }
  }
}

/** Of all scripts whose imports were needed so far. */
export function knownImports(): Iterable<ModulePart> {
  return [...importsByScript.values()].flatMap((imports) => [...imports.values()]);
}

export function importsOf(script: Script): Imports {
  const known = importsByScript.get(script.id);
  if (known) {
    return known;
  }
  const parsed = parseProgram(script.text);
  const body = typeof parsed === "string" ? [] : parsed.tree.body;
  const declarations = Array.isArray(body) ? body.filter(isTree) : [];
  const imports = new Map(
    declarations
      .filter(({ type }) => type === "ImportDeclaration")
      .flatMap((declaration) => importsBy(declaration, script.url.replace(/[?#].*$/, ""))),
  );
  importsByScript.set(script.id, imports);
  return imports;
}

function importsBy({ source, specifiers, attributes }: Tree, importer: string): [string, ModulePart][] {
  if (!isTree(source) || !Array.isArray(specifiers)) {
    return [];
  }
  const given = Array.isArray(attributes) ? attributes.filter(isTree) : [];
  const part = {
    kind: "module",
    module: String(source.value),
    importer,
    ...(given.length > 0 && {
      attributes: Object.fromEntries(given.map(({ key, value }) => [nameOf(key), nameOf(value)])),
    }),
  } as const;
  return specifiers.filter(isTree).map(({ type, local, imported }) => {
    const path = type === "ImportDefaultSpecifier" ? ["default"] : [nameOf(imported)];
    return [nameOf(local), { ...part, path: type === "ImportNamespaceSpecifier" ? [] : path }];
  });
}

/** The name in an identifier, or the text of a literal. */
export function nameOf(node: unknown): string {
  return isTree(node) ? String(node.type === "Identifier" ? node.name : node.value) : "";
}
