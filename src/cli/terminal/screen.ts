import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];

/** The place where a command tells of its work: lines, and on a terminal a few more below them that change. */
export class Screen {
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
  #out: NodeJS.WriteStream;
  #status = "";

  /** `isPaged`: what is written ends up on a terminal by way of another program. */
  constructor(out: NodeJS.WriteStream, isPaged = false) {
    this.#out = out;
    this.isTerminal = out.isTTY === true;
    this.hasColors = (this.isTerminal || isPaged) && !process.env.NO_COLOR;
  }

  get width(): number {
    return this.#out.columns || 100;
  }

  /** Writes a line above the status. */
  line(text: string): void {
    this.#out.write(`${this.#clearing()}${text}\n${this.#status}`);
  }

  /** Shows lines of text below all others, on a terminal only, in place of what stood there; none go away. */
  status(...lines: string[]): void {
    if (!this.isTerminal) {
      return;
    }
    const clearing = this.#clearing();
    this.#status = lines
      .filter((line) => line !== "")
      .map((line) => line.slice(0, this.width - 1))
      .join("\n");
    this.#out.write(clearing + this.#status);
  }

  #clearing(): string {
    if (this.#status === "") {
      return "";
    }
    const linesAbove = this.#status.split("\n").length - 1;
    return `\r${linesAbove > 0 ? `\x1b[${linesAbove}A` : ""}\x1b[J`;
  }

  style(style: Style, text: string): string {
    return this.hasColors ? styleText(style, text, { validateStream: false }) : text;
  }
}
