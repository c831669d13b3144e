import type { AnyFunction } from "../../function-types.js";

/** The calls around the running one of a function, innermost first, as V8's stack tells them; at most `limit`. */
export function stackAbove(fn: AnyFunction, limit: number): readonly NodeJS.CallSite[] {
  if (Object.isFrozen(Error)) {
    return [];
  }
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = limit;
  Error.prepareStackTrace = keep;
  try {
    const trace: { stack?: unknown } = {};
    Error.captureStackTrace(trace, fn);
    void trace.stack;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
  const stack = kept;
  kept = [];
  return stack;
}

let kept: readonly NodeJS.CallSite[] = [];

function keep(_error: Error, calls: NodeJS.CallSite[]): void {
  kept = calls;
}
