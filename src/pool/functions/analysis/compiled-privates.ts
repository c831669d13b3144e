import { types } from "node:util";
import type { AnyFunction } from "../../function-types.js";

/*
 * Private fields, as compilers write them for languages older than ES2022: each is a WeakMap, private methods are a WeakSet,
 * by the instances that have them.
 */

const helper = String.raw`[pP]rivate\w*\)?\((?:[^()]*, ?)?`;

/** A function's variable is such a private field. */
export function isPrivateField(fn: AnyFunction, name: string, value: unknown): value is object {
  if (!types.isWeakMap(value) && !types.isWeakSet(value)) {
    return false;
  }
  const variable = name.replaceAll("$", "\\$");
  const isUsed = new RegExp(`(?:${helper}${variable}|\\b${variable}\\.(?:set|add)\\(this)\\s*[,)]`);
  return name.startsWith("_") && isUsed.test(Function.prototype.toString.call(fn));
}

const initializes = /[pP]rivate\w*(?:[iI]nit|Add)\w*\)?\(this,|\b_[\w$]*\.(?:set|add)\(this[,)]/;

/** The constructor in this text gives instances such fields. */
export function hasPrivateFields(text: string): boolean {
  return initializes.test(text);
}
