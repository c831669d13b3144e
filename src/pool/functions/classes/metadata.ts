import { createRequire } from "node:module";
import type { AnyFunction } from "../../function-types.js";
import type { Member, Metadata, MetadataEntry } from "../../wire/function-parts.cjs";
import { scopesAround, type Variables } from "../inspection/closure.js";
import { isFunction, isObject, memberOf } from "../objects.js";
import type { PartTable } from "../part-table.js";
import type { Path } from "../path.js";

/*
 * The package `reflect-metadata` keeps the notes of decorators beside classes, not in them, under keys of the class, its
 * prototype and their properties. They travel along, and the worker loads the package for them.
 */

const { cache } = createRequire(import.meta.url);

/** The metadata of a function or class and of its prototype; undefined where there is none. */
export function metadataOf(
  fn: AnyFunction,
  prototype: object | undefined,
  path: Path,
  table: PartTable,
): Metadata | undefined {
  const notes = allNotes();
  const of = (target: object | undefined, on: Member["on"]) =>
    [...((target && notes?.get(target)) ?? [])].flatMap(([property, values]) =>
      [...values].map(([key, value]): MetadataEntry => {
        const inner = path.to(`metadata ${String(key)}`);
        const named = property === undefined ? undefined : table.place(property, inner);
        return { on, property: named, key: table.place(key, inner), value: table.place(value, inner) };
      }),
    );
  const entries = [...of(fn, "function"), ...of(prototype, "prototype")];
  return entries.length > 0 ? { entries, loader: placeOfPackage(table) } : undefined;
}

/** By class or prototype: by property, or undefined for itself, the values by their keys. */
interface Notes {
  get(target: object): ReadonlyMap<string | symbol | undefined, ReadonlyMap<unknown, unknown>> | undefined;
}

let known: { readonly ask: unknown; readonly notes: Notes | undefined } | undefined;

/** The package does not list the properties that have metadata, but its functions know the map that does. */
function allNotes(): Notes | undefined {
  const ask = memberOf(Reflect, "getOwnMetadataKeys");
  if (known?.ask !== ask) {
    known = { ask, notes: isFunction(ask) ? notesBehind(ask) : undefined };
  }
  return known?.notes;
}

function notesBehind(ask: AnyFunction): Notes | undefined {
  const before = variablesAround(ask).Metadata;
  const provider = variablesAround(ask).metadataProvider;
  const lookUp = isObject(provider) ? memberOf(provider, "isProviderFor") : undefined;
  const notes = before ?? (isFunction(lookUp) ? variablesAround(lookUp).metadata : undefined);
  return isNotes(notes) ? notes : undefined;
}

function variablesAround(fn: AnyFunction): Variables {
  return Object.assign(
    {},
    ...scopesAround(fn)
      .map(({ variables }) => variables)
      .reverse(),
  );
}

function isNotes(value: unknown): value is Notes {
  return isObject(value) && "get" in value && isFunction(value.get);
}

function placeOfPackage(table: PartTable): number | undefined {
  const module = Object.keys(cache).find((path) => /[\\/]reflect-metadata[\\/]\w+\.js$/.test(path));
  return module === undefined ? undefined : table.add({ kind: "module", module, path: [] });
}
