import { types } from "node:util";
import { emptyObject } from "../analysis/stand-in.js";
import { type WeakEntry, weakEntries } from "../inspection/closure.js";
import { isFunction, isObject } from "../objects.js";
import type { PartTable } from "../part-table.js";
import type { Path } from "../path.js";
import { knownPart } from "../references/known-values.js";
import { canBeCopied } from "./copied-class.js";

/** The place of what the compiler has made of a private field; undefined where it could come to a worker without an entry. */
export function placePrivateField(field: object, path: Path, table: PartTable): number | undefined {
  const ofClasses = entriesOfClasses(field);
  if (!ofClasses) {
    return undefined;
  }
  const entries = ofClasses.map(({ key, value }): [number, number] => [
    table.place(key, path),
    table.place(value, path),
  ]);
  const shape = types.isWeakMap(field) ? "weakMap" : "weakSet";
  return table.place(field, path, { ...emptyObject, properties: [], shape, entries });
}

/** The static ones, which classes have; undefined where something has one that could come to a worker without it. */
function entriesOfClasses(field: object): WeakEntry[] | undefined {
  const entries = weakEntries(field);
  const ofClasses = entries.filter(({ key }) => isFunction(key));
  return entries.every((entry) => ofClasses.includes(entry) || staysHere(entry.key)) ? ofClasses : undefined;
}

/** An instance of the user's class that no copy is made of. */
function staysHere(value: unknown): boolean {
  const type: unknown = isObject(value) && Object.getPrototypeOf(value)?.constructor;
  return isFunction(type) && knownPart(type)?.kind !== "global" && !canBeCopied(type);
}
