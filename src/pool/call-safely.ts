import { inspect } from "node:util";

/** Calls a callback of the user; what it throws, at once or later, is shown on stderr and goes no further. */
export function callSafely<Args extends unknown[]>(
  name: string,
  callback: ((...args: Args) => unknown) | undefined,
  ...args: Args
): void {
  if (!callback) {
    return;
  }
  const report = (error: unknown) => {
    process.stderr.write(`Exception in \`${name}\` of a pool: ${inspect(error)}\n`);
  };
  try {
    const result = callback(...args);
    if (result instanceof Promise) {
      result.catch(report);
    }
  } catch (error) {
    report(error);
  }
}
