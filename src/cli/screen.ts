import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];

/** Where a command tells of its work: lines, and on a terminal one more that changes. */
export class Screen {
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
  #out: NodeJS.WriteStream;
  #status = "";

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.isTerminal = out.isTTY === true;
    this.hasColors = this.isTerminal && !process.env.NO_COLOR;
  }

  get width(): number {
    return this.#out.columns || 100;
  }

  /** Writes a line above the status. */
  line(text: string): void {
    this.#out.write(this.#status === "" ? `${text}\n` : `\r\x1b[K${text}\n${this.#status}`);
  }

  /** Shows `text` below all lines, on a terminal only, in place of what stood there; an empty one goes away. */
  status(text: string): void {
    if (!this.isTerminal) return;
    const clear = this.#status === "" ? "" : "\r\x1b[K";
    this.#status = text.slice(0, this.width - 1);
    this.#out.write(clear + this.#status);
  }

  style(style: Style, text: string): string {
    return this.hasColors ? styleText(style, text) : text;
  }
}
