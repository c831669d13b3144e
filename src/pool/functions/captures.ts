import type { AnyFunction } from "../function-types.js";
import type { Captures } from "../wire/function-parts.cjs";
import type { Analysis } from "./analysis/analysis.js";
import { type Scope, scopesAround } from "./analysis/closure.js";
import type { NameUse } from "./analysis/free-names.js";
import { globalNames } from "./known-values.js";
import { isNamespace } from "./namespace.js";
import { notebookExports } from "./notebook-exports.js";
import { memberOf } from "./objects.js";
import type { PartTable } from "./part-table.js";
import type { Path } from "./path.js";

/** The variables that a function uses from outside, with the places of their values. */
export function capturesOf(
  fn: AnyFunction,
  { names, source }: Analysis,
  path: Path,
  table: PartTable,
): Captures {
  const captures: [string, number][] = [];
  let scopes: Scope[] | undefined;
  for (const use of names.uses) {
    scopes ??= scopesOf(fn, names.uses);
    const scope = scopes.find((candidate) => use.name in candidate);
    if (scope) {
      captures.push([use.name, capture(use, scope[use.name], path, table)]);
    } else if (use.name === source.base) {
      captures.push([use.name, capture(use, Object.getPrototypeOf(fn), path, table)]);
    } else if (!globalNames.has(use.name) && !use.isOnlyTested) {
      throw path.to(use.name).refusal("which is not defined");
    }
  }
  return captures;
}

/** In a notebook, names of other cells are members of `exports`: nothing else needs to be looked up for them. */
function scopesOf(fn: AnyFunction, uses: readonly NameUse[]): Scope[] {
  const exports = notebookExports();
  if (exports && uses.every(({ name }) => name === "exports")) {
    return [{ exports }];
  }
  const needed = uses.filter(({ name }) => !globalNames.has(name));
  const outer = [exports ?? {}, globalThis].map((scope) =>
    Object.fromEntries(needed.flatMap(({ name }) => (name in scope ? [[name, memberOf(scope, name)]] : []))),
  );
  return [...scopesAround(fn), ...outer];
}

function capture(use: NameUse, value: unknown, path: Path, table: PartTable): number {
  const namespace = !use.isUsedWhole && isNamespace(value) ? value : undefined;
  const assigned = [...use.assigned].find((name) => name === use.name || namespace);
  if (assigned !== undefined) {
    throw path
      .to(assigned.replace(/^exports\./, ""))
      .refusal("to which it assigns, but a worker has only a copy; return the value instead");
  }
  if (namespace) {
    return placeMembers(namespace, use, path, table);
  }
  const inner = path.to(use.name);
  if (use.isMadeAnew) {
    return table.placeIfPossible(value, inner) ?? table.place(undefined, inner);
  }
  return table.place(value, inner);
}

/** Of a namespace only what is used travels. */
function placeMembers(namespace: object, use: NameUse, path: Path, table: PartTable): number {
  const properties = [...use.members].map((name): [string, number] => {
    const value = memberOf(namespace, name);
    if (value === undefined && !(name in namespace)) {
      throw path.to(name).refusal("which is not defined");
    }
    return [name, table.place(value, path.to(name))];
  });
  return table.add({ kind: "object", shape: "object", class: undefined, properties, entries: [] });
}
