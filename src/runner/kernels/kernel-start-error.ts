/** Thrown when a kernel did not start: it ended, did not answer in time, or could not be run. */
export class KernelStartError extends Error {
  override name = "KernelStartError";

  constructor(
    message: string,
    /** A second start may go better: a port may have been taken meanwhile. */
    readonly mayBeRetried: boolean,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
