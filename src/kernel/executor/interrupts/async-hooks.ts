import { createHook } from "node:async_hooks";
import { inspect } from "node:util";
import { sayMissing } from "../../shared/missing-internals.js";
import { pinned } from "../../shared/pinned.js";
import { beforeTermination } from "../../shared/termination-hook.js";
import { type AsyncHooksState, findAsyncHooksState } from "./async-hooks-state.js";
import { resumeImmediates, stopImmediate } from "./immediates.js";
import { dropTicks } from "./ticks.js";

// Async hooks come with a stack of what runs now. An interrupt stops JavaScript between a hook's before and after; Node
// would take the stack for corrupted and abort. Node 20 and 22 have such hooks for every AsyncLocalStorage, later ones
// when something asks for them, as node:test and node:domain do.

const state = findAsyncHooksState();
let isPrepared = false;

function emptyStack({ wrap: { async_hook_fields, async_id_fields, constants } }: AsyncHooksState): void {
  async_hook_fields[constants.kCheck] = 0;
  async_hook_fields[constants.kStackLength] = 0;
  async_id_fields[constants.kExecutionAsyncId] = 0;
  async_id_fields[constants.kTriggerAsyncId] = 0;
}

/** A hook that was stopped is not called any more, and what it changed of the hooks holds. */
function endCalls({ wrap, active }: AsyncHooksState): void {
  active.call_depth = 0;
  if (active.tmp_array) {
    active.array = active.tmp_array;
    Object.assign(wrap.async_hook_fields, active.tmp_fields);
    active.tmp_array = null;
    active.tmp_fields = null;
  }
}

/** Empties the stack and keeps promises from filling it again, until `restoreHooks`. */
function prepareForTermination(): void {
  isPrepared = true;
  // A loop of ticks so ends by itself, outside of a tick.
  dropTicks({ untilCalledAgain: true });
  stopImmediate();
  if (state) {
    const { async_hook_fields, constants, setPromiseHooks } = state.wrap;
    // Without a count of hooks, Node does not look whether the stack is empty when a callback is over.
    async_hook_fields[constants.kTotals] = 0;
    setPromiseHooks(undefined, undefined, undefined, undefined);
    emptyStack(state);
  }
}

/** Between a termination and the message of the interrupt that it belongs to. */
export function isTerminated(): boolean {
  return isPrepared;
}

/** Makes promises carry their cell again; called in the first callback after a termination, if there was one. */
export function restoreHooks(): void {
  if (!isPrepared) {
    return;
  }
  isPrepared = false;
  dropTicks({ untilCalledAgain: false });
  if (state) {
    emptyStack(state);
    endCalls(state);
    // Any change of the hooks makes Node count them and set those of promises anew.
    createHook({ init() {} })
      .enable()
      .disable();
  }
  resumeImmediates();
}

/** Lets the worker prepare this thread, which it does in the moment before it terminates what runs here. */
export function installTerminationHook(): void {
  Object.defineProperty(globalThis, beforeTermination, { value: prepareForTermination });
  if (state?.wrap.execution_async_resources) {
    pinned(state.wrap.execution_async_resources);
  }
  if (!state) {
    sayMissing("async hooks", "an interrupt may end the whole process");
  }
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
