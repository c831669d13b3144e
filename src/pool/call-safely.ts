import { inspect } from "node:util";

/** Calls a callback of the user; what it throws is shown on stderr and goes no further. */
export function callSafely<Args extends unknown[]>(
  name: string,
  callback: ((...args: Args) => void) | undefined,
  ...args: Args
): void {
  try {
    callback?.(...args);
  } catch (error) {
    process.stderr.write(`Exception in \`${name}\` of a pool: ${inspect(error)}\n`);
  }
}
