import type { NotebookResult } from "../../runner/index.js";
import { formatSeconds } from "../terminal/format-text.js";
import { Screen } from "../terminal/screen.js";
import { NotebookReport } from "./run-notebook-report.js";

export interface RunReporterOptions {
  /** Shows what cells print. */
  logOutput: boolean;
  /** Tells of failures only. */
  isQuiet: boolean;
}

/**
 * Tells of a run while it lasts: on a terminal a line for every cell, and one that changes for each running notebook;
 * elsewhere a line for every notebook. Then why cells failed, and a summary.
 */
export class RunReporter {
  #screen: Screen;
  #options: RunReporterOptions;
  #started = performance.now();
  #counts = { passed: 0, failed: 0, notRun: 0 };
  #running = new Map<string, { label: string; cell: string; since: number }>();
  #clock: NodeJS.Timeout | undefined;

  constructor(out: NodeJS.WriteStream, options: RunReporterOptions) {
    this.#screen = new Screen(out);
    this.#options = options;
    if (this.#screen.isTerminal) {
      this.#clock = setInterval(() => this.#showRunning(), 1000).unref();
    }
  }

  /** With `isParallel`, others run at the same time, so the notebook is told of when it has ended. */
  notebook(file: string, isParallel: boolean): NotebookReport {
    this.#counts.notRun++;
    return new NotebookReport(this.#screen, file, {
      ...this.#options,
      isParallel,
      onCell: (cell) => this.#setRunning(file, cell, isParallel ? `${file} ` : ""),
      onEnd: (status) => this.#count(file, status),
    });
  }

  summary(outputDir: string | undefined): void {
    clearInterval(this.#clock);
    const { passed, failed, notRun } = this.#counts;
    if (this.#options.isQuiet && failed + notRun === 0) {
      return;
    }
    const parts = [
      `${passed} passed`,
      ...(failed ? [`${failed} failed`] : []),
      ...(notRun ? [`${notRun} not run`] : []),
    ];
    const total = passed + failed + notRun;
    const where = outputDir === undefined ? "" : `, written to ${outputDir}`;
    const notebooks = total === 1 ? "1 notebook" : `${total} notebooks`;
    this.#screen.line(
      `${notebooks}: ${parts.join(", ")} in ${formatSeconds(performance.now() - this.#started)}${where}`,
    );
  }

  #count(file: string, status: NotebookResult["status"] | undefined): void {
    this.#setRunning(file, undefined);
    if (status === undefined) {
      return;
    }
    this.#counts.notRun--;
    this.#counts[status === "ok" ? "passed" : "failed"]++;
  }

  #setRunning(file: string, cell: string | undefined, label = ""): void {
    if (cell === undefined) {
      this.#running.delete(file);
    } else {
      this.#running.set(file, { label, cell, since: performance.now() });
    }
    this.#showRunning();
  }

  #showRunning(): void {
    if (this.#options.isQuiet) {
      return;
    }
    const lines = [...this.#running.values()].map(({ label, cell, since }) => {
      const seconds = Math.floor((performance.now() - since) / 1000);
      return `  ${label}${seconds > 0 ? `${seconds} s ` : ""}${cell}`;
    });
    this.#screen.status(...lines);
  }
}
