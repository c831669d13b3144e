import type { NotebookCheck } from "../checker/notebook-check.js";
import { isGood } from "../checker/status-words.js";
import type { NotebookEnd } from "./reporters/run/notebook-end.js";

/** The exit codes of every command; signals end one with 128 plus their number. */
export const ExitCode = { clean: 0, failed: 1, couldNotRun: 2 } as const;

export function exitCodeOfRun(ends: NotebookEnd[], exitZero: boolean): number {
  if (ends.some(({ problem }) => problem !== undefined)) {
    return ExitCode.couldNotRun;
  }
  const failed = ends.some(({ result }) => result?.status !== "ok");
  return failed && !exitZero ? ExitCode.failed : ExitCode.clean;
}

export function exitCodeOfChecks(checks: NotebookCheck[]): number {
  if (checks.some(({ status }) => status === "could-not-run")) {
    return ExitCode.couldNotRun;
  }
  return checks.every(({ status }) => isGood(status)) ? ExitCode.clean : ExitCode.failed;
}
