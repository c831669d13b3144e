import { constants } from "node:os";

export interface Stop {
  /** Aborts at the first SIGINT, SIGTERM or SIGHUP. */
  signal: AbortSignal;
  /** 128 plus the number of the signal that came, if one came. */
  exitCode(): number | undefined;
}

/** Turns the first signal into an orderly end; the second one ends the program at once. */
export function onSignals(): Stop {
  const controller = new AbortController();
  let code: number | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (code !== undefined) {
        process.exit(code);
      }
      code = 128 + constants.signals[name];
      controller.abort(new Error(`Interrupted by ${name}`));
    });
  }
  return { signal: controller.signal, exitCode: () => code };
}
