import { cellName } from "../../../document/cell-name.js";
import { plainText } from "../../../document/mime.js";
import { joinLines } from "../../../document/notebook.js";
import type { OutputMessage } from "../../../document/outputs/output-collector.js";
import { recordOf } from "../../../document/record.js";
import type { CellResult, NotebookResult, RunEvent } from "../../../runner/index.js";
import { formatSeconds, sourceExcerpt, stripAnsi } from "../../terminal/format-text.js";
import type { Screen, Style } from "../../terminal/screen.js";

const symbols: Record<CellResult["status"] | NotebookResult["status"], [string, Style]> = {
  ok: ["✓", "green"],
  failed: ["✗", "red"],
  skipped: ["-", "dim"],
  "not-run": ["-", "dim"],
  "timed-out": ["✗", "red"],
  "kernel-died": ["✗", "red"],
  interrupted: ["✗", "red"],
};

export interface NotebookReportOptions {
  logOutput: boolean;
  isQuiet: boolean;
  isParallel: boolean;
  /** Told of the cell that runs now, in words; of none, undefined. */
  onCell: (cell: string | undefined) => void;
  /** Told of each step. */
  onEvent: (event: RunEvent) => void;
  /** Told how the notebook ended; of one that could not be run, why. */
  onEnd: (result: NotebookResult | undefined, problem?: string) => void;
}

/** Tells of one notebook. While others run beside it, its lines are held back until it has ended. */
export class NotebookReport {
  #screen: Screen;
  #file: string;
  #options: NotebookReportOptions;
  #held: string[] = [];
  #cellLine = "";

  constructor(screen: Screen, file: string, options: NotebookReportOptions) {
    this.#screen = screen;
    this.#file = file;
    this.#options = options;
    if (this.#showsSteps) {
      this.#line(screen.style("bold", file));
    }
  }

  event(event: RunEvent): void {
    this.#options.onEvent(event);
    if (event.type === "cell-started") {
      this.#cellStarted(event);
    }
    if (event.type === "cell-ended") {
      this.#cellEnded(event.result);
    }
    if (event.type === "output" && this.#options.logOutput) {
      this.#output(event.message);
    }
    if (event.type === "kernel-start-failed") {
      this.#line(`  ${event.reason}; it is started once more`);
    }
    if (event.type === "parameters-unknown") {
      this.#line(`  not declared in the notebook: ${event.names.join(", ")}`);
    }
  }

  /** Tells of an attempt that failed and is made again. */
  retried(result: NotebookResult, attempt: number): void {
    const failed = result.cells.find(({ status }) => status !== "ok" && status !== "skipped");
    const where = failed ? `, ${cellName(failed.index + 1, failed.id)}: ${errorLine(failed.error)}` : "";
    this.#line(`  attempt ${attempt} failed${where}; it is run again`);
  }

  ended(result: NotebookResult, attempts = 1): void {
    this.#options.onEnd(result);
    const isWorthALine = !this.#options.isQuiet || result.status !== "ok";
    if (isWorthALine) {
      this.#line(
        `${this.#symbol(result.status)} ${this.#file}  ${summary(result)}${attempts > 1 ? `  attempt ${attempts}` : ""}`,
      );
    }
    for (const cell of result.cells) {
      this.#explain(result, cell);
    }
    this.#release();
  }

  couldNotRun(problem: string): void {
    this.#options.onEnd(undefined, problem);
    this.#release();
    process.stderr.write(`${this.#symbol("failed")} ${this.#file}: ${problem}\n`);
  }

  /** There is a line for every cell. */
  get #showsSteps(): boolean {
    const { isParallel, isQuiet, logOutput } = this.#options;
    return logOutput || (this.#screen.isTerminal && !isParallel && !isQuiet);
  }

  #cellStarted({ cell, number, count }: Extract<RunEvent, { type: "cell-started" }>): void {
    const firstLine = joinLines(cell.source).trim().split("\n", 1)[0] ?? "";
    this.#cellLine = `[${number}/${count}] ${firstLine.slice(0, Math.max(20, this.#screen.width - 30))}`;
    this.#options.onCell(this.#cellLine);
  }

  #cellEnded({ status, duration }: CellResult): void {
    this.#options.onCell(undefined);
    if (!this.#showsSteps || !this.#screen.isTerminal) {
      return;
    }
    const time = this.#screen.style("dim", formatSeconds(duration));
    this.#line(`${this.#symbol(status)} ${this.#cellLine}  ${time}`);
  }

  #output(message: OutputMessage): void {
    const text = outputText(message);
    if (text !== "") {
      this.#line(text.replace(/\n$/, "").replace(/^/gm, "    "));
    }
  }

  #explain(result: NotebookResult, { index, id, status, error }: CellResult): void {
    if (status !== "failed" && status !== "kernel-died" && status !== "timed-out") {
      return;
    }
    const where = cellName(index + 1, id);
    const what = status === "kernel-died" ? `the kernel ${result.kernelExit}` : errorLine(error);
    this.#line(`  ${this.#screen.style("red", `${where}: ${what}`)}`);
    const source = joinLines(result.notebook.cells[index]?.source ?? "");
    for (const line of sourceExcerpt(source)) {
      this.#line(`    | ${line}`);
    }
    for (const line of tracebackLines(error)) {
      this.#line(`    ${this.#screen.hasColors ? line : stripAnsi(line)}`);
    }
  }

  #symbol(status: keyof typeof symbols): string {
    const [symbol, style] = symbols[status];
    return this.#screen.style(style, symbol);
  }

  #line(text: string): void {
    if (this.#options.isParallel) {
      this.#held.push(text);
    } else {
      this.#screen.line(text);
    }
  }

  #release(): void {
    for (const line of this.#held.splice(0)) {
      this.#screen.line(line);
    }
  }
}

function summary(result: NotebookResult): string {
  const ran = result.cells.filter(({ status }) => status !== "not-run" && status !== "skipped").length;
  const all = result.cells.length === 1 ? "1 cell" : `${result.cells.length} cells`;
  if (result.isCached) {
    return `${all}  unchanged, not run again`;
  }
  return `${ran === result.cells.length ? all : `${ran} of ${all}`}  ${formatSeconds(result.duration)}`;
}

function errorLine(error: CellResult["error"]): string {
  return error ? `${error.ename}: ${error.evalue}`.trim().replaceAll("\n", "\n    ") : "failed";
}

function tracebackLines(error: CellResult["error"]): string[] {
  return error && error.traceback.length > 0 ? error.traceback.join("\n").split("\n") : [];
}

function outputText({ msg_type, content }: OutputMessage): string {
  if (msg_type === "stream") {
    return String(content.text);
  }
  if (msg_type !== "execute_result" && msg_type !== "display_data") {
    return "";
  }
  const data = recordOf(content.data);
  const text = data[plainText];
  return typeof text === "string" ? text : `<${Object.keys(data).join(", ")}>`;
}
