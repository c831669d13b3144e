/** Thrown when a command line contradicts itself or lacks something. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Runs a check of the user's options; whatever it throws becomes a UsageError. */
export function asUsage<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
