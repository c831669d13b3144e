/** Thrown when a command line contradicts itself or lacks something. */
export class UsageError extends Error {
  override name = "UsageError";
}
