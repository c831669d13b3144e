import type { NotebookResult } from "../../../runner/index.js";
import { formatSeconds } from "../../terminal/format-text.js";
import { Screen } from "../../terminal/screen.js";
import { annotations } from "../check-annotations.js";
import { type ReportPlaces, writeReports } from "../write-reports.js";
import { EventLog } from "./event-log.js";
import type { NotebookEnd } from "./notebook-end.js";
import { runFindings } from "./run-findings.js";
import { runJson } from "./run-json.js";
import { NotebookReport } from "./run-notebook-report.js";
import { StreamFiles } from "./stream-files.js";

export interface RunReporterOptions extends ReportPlaces {
  /** Shows what cells print. */
  logOutput: boolean;
  /** Tells of failures only. */
  isQuiet: boolean;
  /** Takes the steps as lines of JSON. */
  events?: string;
  stdoutFile?: string;
  stderrFile?: string;
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
  #events: EventLog | undefined;
  #streams: StreamFiles;
  #clock: NodeJS.Timeout | undefined;

  constructor(out: NodeJS.WriteStream, options: RunReporterOptions) {
    this.#screen = new Screen(out);
    this.#options = options;
    this.#events = options.events === undefined ? undefined : new EventLog(options.events);
    this.#streams = new StreamFiles(options);
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
      onEvent: (event) => {
        this.#events?.event(file, event);
        this.#streams.event(event);
      },
      onEnd: (result, problem) => this.#ended(file, result, problem),
    });
  }

  /** Tells of the whole, and writes the reports. Throws the file system's error when one cannot be written. */
  async end(ends: NotebookEnd[], outputDir: string | undefined): Promise<void> {
    this.#summary(outputDir);
    const findings = runFindings(ends);
    if (process.env.GITHUB_ACTIONS) {
      for (const line of annotations(findings)) {
        this.#screen.line(line);
      }
    }
    const close = async (): Promise<void> => {
      await this.#streams.close();
      await this.#events?.close();
    };
    await writeReports(this.#options, { command: "run", findings, json: () => runJson(ends), close });
  }

  #summary(outputDir: string | undefined): void {
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

  #ended(file: string, result: NotebookResult | undefined, problem = ""): void {
    this.#setRunning(file, undefined);
    if (!result) {
      this.#events?.ended(file, { status: "could-not-run", problem });
      return;
    }
    const { status, duration, kernelExit, outputPath } = result;
    this.#events?.ended(file, { status, duration, kernelExit, outputPath });
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
