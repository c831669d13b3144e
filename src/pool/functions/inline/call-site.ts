import type { AnyFunction } from "../../function-types.js";
import { stackAbove } from "../inspection/stack.js";

/** A call in the user's code; no two calls have all of it in common. */
export interface CallSite {
  readonly script: string;
  readonly scriptHash: string;
  /** The place of the name of the called method: characters from the start of the script. */
  readonly position: number;
}

/** The call of a method that is running now, as V8's stack tells it; undefined where it tells nothing. */
export function callSiteOf(method: AnyFunction): CallSite | undefined {
  const [call] = stackAbove(method, 1);
  if (!call) {
    return undefined;
  }
  return {
    script: call.getScriptNameOrSourceURL() ?? "",
    scriptHash: call.getScriptHash(),
    position: call.getPosition(),
  };
}
