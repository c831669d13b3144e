import type { AnyFunction } from "../function-types.js";
import type { Captures, LiveImport } from "../wire/function-parts.cjs";
import { type Analysis, analysisOfText } from "./analysis/analysis.js";
import { isCacheOf, isTemplate, setsForItself } from "./analysis/compiled-helpers.js";
import { isPrivateField } from "./analysis/compiled-privates.js";
import { type NameUse, sessionExports } from "./analysis/free-names.js";
import { scopesWith } from "./analysis/lasting-scopes.js";
import { emptyObject } from "./analysis/stand-in.js";
import { baseName } from "./classes/class-source.js";
import { placePrivateField } from "./classes/private-fields.js";
import { type Scope, type Variables, valueIn } from "./inspection/closure.js";
import { isNamespace, refuseRevoked, refuseThenable } from "./namespace.js";
import { notebookExports } from "./notebook-exports.js";
import { isFunction, isObject, isRequire, memberOf } from "./objects.js";
import { namedAround } from "./own-name.js";
import type { PartTable } from "./part-table.js";
import { assignedOutside, type Path } from "./path.js";
import { importedAs } from "./references/imports.js";
import { globalNames, knownPart } from "./references/known-values.js";
import { jitiImport } from "./references/loaders.js";
import { isChanging } from "./references/script-exports.js";
import { isViteImport, viteImportFunction, viteImportPart, viteModule } from "./references/vite.js";

export interface CapturedVariables {
  readonly captures: Captures;
  readonly live?: readonly LiveImport[];
  /** Places of those that a class needs when it is made. */
  readonly eager: readonly number[];
  readonly runsCode: boolean;
  /** Those that a class sets when it is made. */
  readonly unset: readonly string[];
}

/** The variables that a function uses from outside, with the places of their values; some of them may be given. */
export function capturesOf(
  fn: AnyFunction,
  { names: { uses } }: Analysis,
  { path, table, given }: { path: Path; table: PartTable; given?: ReadonlyMap<string, unknown> },
): CapturedVariables {
  const captures: [string, number][] = [];
  const eager: number[] = [];
  const unset: string[] = [];
  const live: LiveImport[] = [];
  let scopes: Scope[] | undefined;
  const add = (use: NameUse, place: number) => {
    captures.push([use.name, place]);
    if (use.isEager) {
      eager.push(place);
    }
  };
  for (const use of uses) {
    if (given?.has(use.name)) {
      add(use, table.place(given.get(use.name), path.to(use.name)));
      continue;
    }
    if (use.name === sessionExports) {
      captures.push(["__tslab__", placeSession(use, path, table)]);
      continue;
    }
    if (use.name === viteImportFunction) {
      add(use, table.add(viteImportPart()));
      continue;
    }
    scopes ??= scopesOf(fn, uses);
    const scope = scopes.find(({ variables }) => use.name in variables);
    const value = scope && firstLook(scope.variables, use.name, path);
    const changing = scope && changingImport(fn, use, scope, { path, table });
    const around = use.name === "exports" ? undefined : namedAround(fn, use.name, value);
    if (around !== undefined) {
      add(use, table.add(partOfText(fn, around, use, { path, table })));
    } else if (changing) {
      live.push([use.name, changing]);
    } else if (scope && use.isMadeAnew) {
      unset.push(use.name);
    } else if (scope) {
      add(use, capture(fn, use, scope, { path, table }));
    } else if (!globalNames.has(use.name) && !use.isTested) {
      throw path.to(use.name).refusal("which is not defined");
    }
  }
  const runsCode = unset.length > 0 || uses.some(({ name, isEager }) => isEager && name !== baseName);
  return { captures, ...(live.length > 0 && { live }), eager, runsCode, unset };
}

function firstLook(variables: Variables, name: string, path: Path): unknown {
  const value = valueIn(variables, name);
  refuseRevoked(value, path, name);
  return value;
}

/** The import of a variable that its module changes, which has a place then. */
function changingImport(
  fn: AnyFunction,
  use: NameUse,
  scope: Scope,
  { path, table }: { path: Path; table: PartTable },
) {
  const imported = scope.isModule ? importedAs(fn, use.name, scope.variables) : undefined;
  if (!imported || !isChanging(imported)) {
    return undefined;
  }
  refuseAssigned(use, path, false);
  table.add(imported);
  return imported;
}

/** In a notebook, names of other cells are members of `exports`: nothing else needs to be looked up for them. */
function scopesOf(fn: AnyFunction, uses: readonly NameUse[]): Scope[] {
  const exports = notebookExports();
  if (exports && uses.every(({ name }) => name === "exports" || name === sessionExports)) {
    return [{ variables: { exports }, isModule: false }];
  }
  const needed = uses.filter(({ name }) => !globalNames.has(name));
  const outer = [exports ?? {}, globalThis].map((scope) => ({
    variables: Object.fromEntries(
      needed.flatMap(({ name }) => (name in scope ? [[name, memberOf(scope, name)]] : [])),
    ),
    isModule: false,
  }));
  const names = uses.map(({ name }) => name);
  return [...scopesWith(fn, names), ...outer];
}

/** The function expression of that text around a function, made anew with the variables that both use. */
function partOfText(
  fn: AnyFunction,
  text: string,
  { name }: NameUse,
  { path, table }: { path: Path; table: PartTable },
) {
  const inner = path.to(name);
  const analysis = analysisOfText(text, true);
  if (typeof analysis === "string" || analysis.names.usesOuterThis) {
    throw inner.refusal("the function around it, which cannot be read; pass it as an argument");
  }
  const { expression, isStrict } = analysis.source;
  const found = capturesOf(fn, analysis, { path: inner, table });
  return {
    kind: "function",
    name,
    expression,
    isClass: false,
    isStrict,
    usesImport: analysis.names.usesImport,
    origin: undefined,
    ...found,
    members: [],
    parent: undefined,
    prototypeParent: undefined,
  } as const;
}

function capture(
  fn: AnyFunction,
  use: NameUse,
  { variables, isModule }: Scope,
  { path, table }: { path: Path; table: PartTable },
): number {
  const value = valueNow(use, variables, path);
  const vite = isViteImport(use.name) && isObject(value) ? value : undefined;
  const viteImported = vite && viteModule(fn, use, vite);
  if (viteImported) {
    return table.add(viteImported);
  }
  const jiti = jitiImport(fn, use.name, value);
  if (jiti) {
    return table.add(jiti);
  }
  const namespace = use.isUsedWhole ? undefined : (vite ?? (isNamespace(value) ? value : undefined));
  const privateField = isPrivateField(fn, use.name, value)
    ? placePrivateField(value, path.to(use.name), table)
    : undefined;
  if (privateField !== undefined) {
    return privateField;
  }
  if (isCacheOf(fn.name, value) || (use.assigned.has(use.name) && isTemplate(use.name))) {
    return table.add({ kind: "value", value: undefined });
  }
  if (use.assigned.size > 0 && !setsForItself(fn.name, Function.prototype.toString.call(fn), use.name)) {
    refuseAssigned(use, path, namespace !== undefined);
  }
  if (use.members.has("main") && isFunction(value) && isRequire(value)) {
    throw path
      .to("require.main")
      .refusal("the module of the main script, which a worker does not run; pass what it needs of it");
  }
  const imported = isModule ? importedAs(fn, use.name, variables) : undefined;
  if (imported) {
    refuseThenable(value, path.to(use.name));
    return table.place(value, path.to(use.name), imported);
  }
  if (namespace && !knownPart(namespace)) {
    return placeMembers(namespace, use, path, table);
  }
  return table.place(value, path.to(use.name));
}

function valueNow({ name }: NameUse, variables: Variables, path: Path): unknown {
  try {
    return variables[name];
  } catch {
    throw path.to(name).refusal("which has no value yet; call the pool behind its declaration");
  }
}

function refuseAssigned({ name, assigned }: NameUse, path: Path, isNamespace: boolean): void {
  const refused = [...assigned].find((one) => one === name || isNamespace);
  if (refused !== undefined) {
    throw path
      .to(refused.replace(/^(__tslab__\.)?exports\./, ""))
      .refusal(`${assignedOutside}; return the value instead`);
  }
}

function placeSession(use: NameUse, path: Path, table: PartTable): number {
  refuseAssigned(use, path, true);
  const value = placeMembers(notebookExports() ?? {}, use, path, table);
  return table.add({ ...emptyObject, properties: [{ key: "exports", value }] });
}

/** Of a namespace only what is used travels. */
function placeMembers(namespace: object, use: NameUse, path: Path, table: PartTable): number {
  const properties = [...use.members].map((name) => {
    const value = memberOf(namespace, name);
    if (value === undefined && !(name in namespace)) {
      throw path.to(name).refusal("which is not defined");
    }
    return { key: name, value: table.place(value, path.to(name)) };
  });
  return table.add({ ...emptyObject, properties });
}
