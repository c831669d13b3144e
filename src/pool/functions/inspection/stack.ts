import type { AnyFunction } from "../../function-types.js";

/** The calls around the running one of a function, innermost first, as V8's stack tells them; at most `limit`. */
export function stackAbove(fn: AnyFunction, limit: number): readonly NodeJS.CallSite[] {
  if (Object.isFrozen(Error)) {
    return [];
  }
  const { stackTraceLimit, prepareStackTrace } = Error;
  let stack: readonly NodeJS.CallSite[] = [];
  Error.stackTraceLimit = limit;
  Error.prepareStackTrace = (_error, calls) => {
    stack = calls;
  };
  try {
    const trace: { stack?: unknown } = {};
    Error.captureStackTrace(trace, fn);
    void trace.stack;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
  return stack;
}
