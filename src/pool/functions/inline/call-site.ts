export { stackAbove } from "../inspection/stack.js";

/** A call in the user's code; no two calls have all of it in common. */
export interface CallSite {
  readonly script: string;
  readonly scriptHash: string;
  /** The place of the name of the called method: characters from the start of the script. */
  readonly position: number;
}

/**
 * The call of a method that is running now, by the stack above it; undefined where V8 tells nothing. It is for the method
 * itself to ask for the stack: each function between the two makes that take a tenth longer.
 */
export function callSiteIn(stack: readonly NodeJS.CallSite[]): CallSite | undefined {
  const call = stack[0];
  return (
    call && {
      script: call.getScriptNameOrSourceURL() ?? "",
      scriptHash: call.getScriptHash(),
      position: call.getPosition(),
    }
  );
}
