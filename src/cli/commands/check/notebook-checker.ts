import { checkSource } from "../../../checker/check-notebook.js";
import type { CheckOptions } from "../../../checker/check-options.js";
import type { NotebookCheck } from "../../../checker/notebook-check.js";
import type { NotebookSource } from "../../../document/notebook-source.js";
import { readSource } from "../../../runner/files/notebook-file.js";
import type { CheckReporter } from "../../reporters/check-reporter.js";

/** Checks notebooks one by one, and tells of each. */
export class NotebookChecker {
  #options: CheckOptions;
  #reporter: CheckReporter;

  constructor(options: CheckOptions, reporter: CheckReporter) {
    this.#options = options;
    this.#reporter = reporter;
  }

  /** The result, or undefined when the check was stopped before there was one; `turn` is awaited before the first cell. */
  async check(
    file: string,
    read?: Promise<NotebookSource>,
    turn?: () => Promise<void>,
  ): Promise<NotebookCheck | undefined> {
    const { signal } = this.#options;
    if (signal?.aborted) {
      return undefined;
    }
    let hasTurn: Promise<void> | undefined;
    const whenReady = (): Promise<void> => {
      hasTurn ??= turn?.() ?? Promise.resolve();
      return hasTurn;
    };
    this.#reporter.started(file);
    const check = await checkSource(file, read ?? readSource(file, signal), {
      ...this.#options,
      whenReady,
      onEvent: (event) => this.#reporter.event(file, event),
    });
    if (signal?.aborted && check.status === "could-not-run") {
      return undefined;
    }
    this.#reporter.ended(check);
    return check;
  }
}
