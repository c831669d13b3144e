import { createHook } from "node:async_hooks";
import { inspect } from "node:util";
import { beforeTermination } from "../../shared/termination-hook.js";
import { resumeImmediates, stopImmediate } from "./immediates.js";
import { dropTicks } from "./ticks.js";

// Node 20 and 22 keep AsyncLocalStorage by hooks on every promise, with a stack of what runs now. An interrupt stops
// JavaScript between a hook's before and after; Node would take the stack for corrupted and abort. Where Node keeps
// AsyncLocalStorage otherwise (24), this changes nothing.

interface AsyncWrap {
  async_hook_fields: Uint32Array;
  async_id_fields: Float64Array;
  constants: Record<"kTotals" | "kCheck" | "kStackLength" | "kExecutionAsyncId" | "kTriggerAsyncId", number>;
  setPromiseHooks(...hooks: (undefined | (() => void))[]): void;
}

function findAsyncWrap(): AsyncWrap | undefined {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return (process as unknown as { binding(name: string): AsyncWrap }).binding("async_wrap");
  } catch {
    return undefined;
  } finally {
    process.noDeprecation = noDeprecation;
  }
}

const asyncWrap = findAsyncWrap();
let isPrepared = false;

function emptyStack({ async_hook_fields, async_id_fields, constants }: AsyncWrap): void {
  async_hook_fields[constants.kCheck] = 0;
  async_hook_fields[constants.kStackLength] = 0;
  async_id_fields[constants.kExecutionAsyncId] = 0;
  async_id_fields[constants.kTriggerAsyncId] = 0;
}

/** Empties the stack and keeps promises from filling it again, until `restoreHooks`. */
function prepareForTermination(): void {
  isPrepared = true;
  // A loop of ticks so ends by itself, outside of a tick.
  dropTicks({ untilCalledAgain: true });
  stopImmediate();
  if (asyncWrap) {
    // Without a count of hooks, Node does not look whether the stack is empty when a callback is over.
    asyncWrap.async_hook_fields[asyncWrap.constants.kTotals] = 0;
    asyncWrap.setPromiseHooks(undefined, undefined, undefined, undefined);
    emptyStack(asyncWrap);
  }
}

/** Makes promises carry their cell again; called in the first callback after a termination, if there was one. */
export function restoreHooks(): void {
  if (!isPrepared) {
    return;
  }
  isPrepared = false;
  dropTicks({ untilCalledAgain: false });
  if (asyncWrap) {
    emptyStack(asyncWrap);
    // Any change of the hooks makes Node count them and set those of promises anew.
    createHook({ init() {} })
      .enable()
      .disable();
  }
  resumeImmediates();
}

/** Lets the worker prepare this thread, which it does in the moment before it terminates what runs here. */
export function installTerminationHook(): void {
  Object.defineProperty(process, beforeTermination, { value: prepareForTermination });
}

const marks = ["async_id_symbol", "trigger_async_id_symbol", "kResourceStore"];

/** Keeps the marks of the hooks out of what `inspect` and `console.log` show of a promise. */
export function hideHookMarks(): void {
  Object.defineProperty(Promise.prototype, inspect.custom, {
    configurable: true,
    writable: true,
    value(this: object) {
      for (const symbol of Object.getOwnPropertySymbols(this)) {
        if (marks.includes(symbol.description ?? "")) {
          Object.defineProperty(this, symbol, { enumerable: false });
        }
      }
      return this;
    },
  });
}
