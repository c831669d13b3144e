import type { AnyFunction } from "../../function-types.js";

/** A call in the user's code. */
export interface CallSite {
  /** Names it among all calls of all scripts. */
  readonly key: string;
  readonly scriptHash: string;
  /** The place of the name of the called method: characters from the start of the script. */
  readonly position: number;
}

/** The call of a method that is running now, as V8's stack tells it; undefined where it tells nothing. */
export function callSiteOf(method: AnyFunction): CallSite | undefined {
  const call = Object.isFrozen(Error) ? undefined : callerOf(method);
  if (!call) {
    return undefined;
  }
  const [scriptHash, position] = [call.getScriptHash(), call.getPosition()];
  return { key: `${position} ${scriptHash} ${call.getScriptNameOrSourceURL()}`, scriptHash, position };
}

function callerOf(method: AnyFunction): NodeJS.CallSite | undefined {
  const { stackTraceLimit, prepareStackTrace } = Error;
  let caller: NodeJS.CallSite | undefined;
  Error.stackTraceLimit = 1;
  Error.prepareStackTrace = (_error, calls) => {
    [caller] = calls;
  };
  try {
    const trace: { stack?: unknown } = {};
    Error.captureStackTrace(trace, method);
    void trace.stack;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
  return caller;
}
