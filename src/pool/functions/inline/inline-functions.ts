import type { AnyFunction } from "../../function-types.js";
import { placeOf } from "../inspection/scripts.js";
import type { CallSite } from "./call-site.js";

/*
 * A function that is written in the call, `pool.apply((x) => x + 1, [i])`, is a new object each time, of which the
 * place and the text are always the same. Where the text of the script shows that, what was found out about the first
 * one holds for all; if it has captured variables, all but their values does.
 */

interface Findings {
  /** Nothing outside the function can change it. */
  readonly isFinal: boolean;
  /** It stands for all that are made in its place. */
  readonly example: unknown;
}

/** The first function that a call has passed. */
interface Passed<T extends Findings> {
  readonly text: string;
  readonly final: T | undefined;
  readonly example: T["example"];
  /** It is written in the call; undefined as long as nobody has looked, which is not worth it for a single call. */
  isInline: boolean | undefined;
}

interface KnownCall<T extends Findings> {
  readonly site: CallSite;
  /** Undefined where one function tells nothing of the others. */
  readonly passed: Passed<T> | undefined;
}

/** By their positions, which takes a fraction of the time that a key of all that names a call would take. */
class KnownCalls<T extends Findings> {
  readonly #calls = new Map<number, KnownCall<T>[]>();

  get({ position, script, scriptHash }: CallSite): KnownCall<T> | undefined {
    return this.#calls
      .get(position)
      ?.find(({ site }) => site.scriptHash === scriptHash && site.script === script);
  }

  add(site: CallSite, passed: Passed<T> | undefined): void {
    const others = this.#calls.get(site.position) ?? [];
    this.#calls.set(site.position, [...others, { site, passed }]);
  }
}

/** Remembers the functions that are written in calls. */
export class InlineFunctions<T extends Findings> {
  readonly #calls = new KnownCalls<T>();

  /** The findings about a function that the call there passes: known ones, or made with an example. */
  get(fn: AnyFunction, site: CallSite, find: (example?: T["example"]) => T): T {
    const known = this.#calls.get(site);
    const passed = known?.passed;
    if (passed && passed.isInline !== false && passed.text === textOf(fn)) {
      passed.isInline ??= isWrittenIn(site, fn);
      if (passed.isInline) {
        return passed.final ?? find(passed.example);
      }
    }
    const found = find();
    if (!known) {
      const { isFinal, example } = found;
      const first = { text: textOf(fn), final: isFinal ? found : undefined, example, isInline: undefined };
      this.#calls.add(site, isFinal || example ? first : undefined);
    }
    return found;
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
