import { styleText } from "node:util";
import { joinLines } from "../document/notebook.js";
import type { CellResult, NotebookResult, RunEvent } from "../runner/index.js";

type Style = Parameters<typeof styleText>[0];

const SYMBOLS: Record<CellResult["status"] | NotebookResult["status"], [string, Style]> = {
  ok: ["✓", "green"],
  failed: ["✗", "red"],
  skipped: ["-", "dim"],
  "not-run": ["-", "dim"],
  "timed-out": ["✗", "red"],
  "kernel-died": ["✗", "red"],
  interrupted: ["✗", "red"],
};

/**
 * Tells of a run while it lasts: on a terminal a line for every cell, elsewhere a line for every notebook; then why
 * cells failed, and a summary.
 */
export class RunReporter {
  #out: NodeJS.WriteStream;
  #isTerminal: boolean;
  #hasColors: boolean;
  #logOutput: boolean;
  #cellLine = "";
  #started = performance.now();
  #counts = { passed: 0, failed: 0 };
  #midLine = false;

  constructor(out: NodeJS.WriteStream, { logOutput }: { logOutput: boolean }) {
    this.#out = out;
    this.#isTerminal = out.isTTY === true;
    this.#hasColors = this.#isTerminal && !process.env.NO_COLOR;
    this.#logOutput = logOutput;
  }

  notebookStarted(file: string): void {
    if (this.#isTerminal || this.#logOutput) this.#line(this.#style("bold", file));
  }

  event(event: RunEvent): void {
    if (event.type === "cell-started") this.#cellStarted(event);
    if (event.type === "output" && this.#logOutput) this.#output(event.message);
    if (event.type === "cell-ended") this.#cellEnded(event.result);
  }

  notebookEnded(result: NotebookResult): void {
    this.#counts[result.status === "ok" ? "passed" : "failed"]++;
    const ran = result.cells.filter(({ status }) => status !== "not-run" && status !== "skipped").length;
    const all = result.cells.length === 1 ? "1 cell" : `${result.cells.length} cells`;
    const cells = ran === result.cells.length ? all : `${ran} of ${all}`;
    this.#line(`${this.#symbol(result.status)} ${result.path}  ${cells}  ${seconds(result.duration)}`);
    for (const cell of result.cells) this.#explain(result, cell);
  }

  couldNotRun(problem: string): void {
    if (this.#midLine) this.#line("");
    process.stderr.write(`${this.#symbol("failed")} ${problem}\n`);
  }

  summary(total: number, outputDir: string | undefined): void {
    const { passed, failed } = this.#counts;
    const notRun = total - passed - failed;
    const parts = [
      `${passed} passed`,
      ...(failed ? [`${failed} failed`] : []),
      ...(notRun ? [`${notRun} not run`] : []),
    ];
    const where = outputDir === undefined ? "" : `, written to ${outputDir}`;
    const notebooks = total === 1 ? "1 notebook" : `${total} notebooks`;
    this.#line(`${notebooks}: ${parts.join(", ")} in ${seconds(performance.now() - this.#started)}${where}`);
  }

  #cellStarted({ cell, number, count }: Extract<RunEvent, { type: "cell-started" }>): void {
    const firstLine = joinLines(cell.source).trim().split("\n", 1)[0] ?? "";
    const width = Math.max(20, (this.#out.columns || 100) - 30);
    this.#cellLine = `[${number}/${count}] ${firstLine.slice(0, width)}`;
    if (!this.#isTerminal) return;
    this.#out.write(`  ${this.#cellLine}`);
    this.#midLine = true;
  }

  #cellEnded({ status, duration }: CellResult): void {
    if (!this.#isTerminal) return;
    const isUntouched = this.#midLine;
    this.#midLine = false;
    const line = `${this.#symbol(status)} ${this.#cellLine}  ${this.#style("dim", seconds(duration))}`;
    this.#out.write(isUntouched ? `\r\x1b[K${line}\n` : `${line}\n`);
  }

  #output({ msg_type, content }: { msg_type: string; content: Record<string, unknown> }): void {
    const text = outputText(msg_type, content);
    if (text === "") return;
    const shown = text.replace(/\n$/, "").replace(/^/gm, "    ");
    this.#line(shown);
  }

  #explain(result: NotebookResult, { index, id, status, error }: CellResult): void {
    if (status !== "failed" && status !== "kernel-died" && status !== "timed-out") return;
    const cell = result.notebook.cells[index];
    const where = `cell ${index + 1}${id === undefined ? "" : ` (${id})`}`;
    const what = status === "kernel-died" ? `the kernel ${result.kernelExit}` : errorLine(error);
    this.#line(`  ${this.#style("red", `${where}: ${what}`)}`);
    for (const line of sourceExcerpt(joinLines(cell?.source ?? ""))) this.#line(`    | ${line}`);
    for (const line of tracebackLines(error)) {
      this.#line(`    ${this.#hasColors ? line : stripAnsi(line)}`);
    }
  }

  #line(text: string): void {
    if (this.#midLine) this.#out.write("\n");
    this.#midLine = false;
    this.#out.write(`${text}\n`);
  }

  #symbol(status: keyof typeof SYMBOLS): string {
    const [symbol, style] = SYMBOLS[status];
    return this.#style(style, symbol);
  }

  #style(style: Style, text: string): string {
    return this.#hasColors ? styleText(style, text) : text;
  }
}

const EXCERPT_LINES = 3;

function sourceExcerpt(source: string): string[] {
  const lines = source.split("\n");
  return lines.length > EXCERPT_LINES ? [...lines.slice(0, EXCERPT_LINES), "…"] : lines;
}

function errorLine(error: CellResult["error"]): string {
  return error ? `${error.ename}: ${error.evalue}`.trim() : "failed";
}

function tracebackLines(error: CellResult["error"]): string[] {
  return error && error.traceback.length > 0 ? error.traceback.join("\n").split("\n") : [];
}

function outputText(type: string, content: Record<string, unknown>): string {
  if (type === "stream") return String(content.text);
  if (type !== "execute_result" && type !== "display_data") return "";
  const data = content.data as Record<string, unknown>;
  return typeof data["text/plain"] === "string" ? data["text/plain"] : `<${Object.keys(data).join(", ")}>`;
}

function stripAnsi(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 2 : 1)} s`;
}
