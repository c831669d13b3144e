import type { AnyFunction } from "../../function-types.js";
import { placeOf } from "../inspection/scripts.js";
import { type CallSite, callSiteOf } from "./call-site.js";

/*
 * A function that is written in the call, `pool.apply((x) => x + 1, [i])`, is a new object each time, of which the
 * place and the text are always the same. Where the text of the script shows that, what was found out about the first
 * one holds for all.
 */

/** The first function that a call has passed, if nothing outside can change it. */
interface Passed<T> {
  readonly text: string;
  readonly known: T;
  /** It is written in the call; undefined as long as nobody has looked, which is not worth it for a single call. */
  isInline: boolean | undefined;
}

/** Remembers the functions that are written in calls. */
export class InlineFunctions<T extends { readonly isFinal: boolean }> {
  /** By call; undefined where it passes what cannot be known. */
  readonly #calls = new Map<string, Passed<T> | undefined>();

  /** The known facts of a function that the running call of a method passes; if there are none yet, they are found. */
  get(fn: AnyFunction, method: AnyFunction, find: () => T): T {
    const site = callSiteOf(method);
    const passed = site && this.#calls.get(site.key);
    if (passed && passed.isInline !== false && passed.text === textOf(fn)) {
      passed.isInline ??= isWrittenIn(site, fn);
      if (passed.isInline) {
        return passed.known;
      }
    }
    const known = find();
    if (site && !this.#calls.has(site.key)) {
      this.#calls.set(site.key, known.isFinal ? { text: textOf(fn), known, isInline: undefined } : undefined);
    }
    return known;
  }
}

/** The call names its method, and all of its first argument is the text of the function. */
function isWrittenIn({ scriptHash, position }: CallSite, fn: AnyFunction): boolean {
  const script = placeOf(fn)?.script;
  if (script?.hash !== scriptHash) {
    return false;
  }
  const call = script.text.slice(position);
  const [start] = /^\w+\(\s*/.exec(call) ?? [];
  const text = textOf(fn);
  return (
    start !== undefined &&
    call.startsWith(text, start.length) &&
    /^\s*[,)]/.test(call.slice(start.length + text.length))
  );
}

function textOf(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn);
}
