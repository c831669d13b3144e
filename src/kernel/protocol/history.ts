import type { JsonObject } from "../../jupyter/json-object.js";

interface Entry {
  line: number;
  input: string;
  output: string | null;
}

/** The cells that were run since the kernel started. There is one session, number 0 as a request counts from now. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
  }

  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast((candidate) => candidate.line === line);
    if (entry) {
      entry.output = output;
    }
  }

  /** The content of a `history_reply`, as IPython answers such a request. */
  reply(request: JsonObject): JsonObject {
    const isWithOutput = request.output === true;
    const history = this.#select(request).map(({ line, input, output }) => [
      1,
      line,
      isWithOutput ? [input, output] : input,
    ]);
    return { status: "ok", history };
  }

  #select(request: JsonObject): Entry[] {
    const n = typeof request.n === "number" ? request.n : 10;
    switch (request.hist_access_type) {
      case "range": {
        const isThisSession = request.session === undefined || request.session === 0 || request.session === 1;
        const start = Number(request.start ?? 1);
        const stop = Number(request.stop ?? Number.POSITIVE_INFINITY);
        return isThisSession ? this.#entries.filter(({ line }) => line >= start && line < stop) : [];
      }
      case "search":
        return this.#search(String(request.pattern ?? "*"), request.unique === true).slice(-n);
      case "tail":
        return n > 0 ? this.#entries.slice(-n) : [];
      default:
        return [];
    }
  }

  #search(pattern: string, isUnique: boolean): Entry[] {
    const expression = globExpression(pattern);
    const found = this.#entries.filter(({ input }) => expression.test(input));
    return isUnique
      ? found.filter((entry, index) => found.findLastIndex(({ input }) => input === entry.input) === index)
      : found;
  }
}

/** SQLite's GLOB, which IPython searches with: `*` is any text, `?` any character. */
function globExpression(pattern: string): RegExp {
  const source = [...pattern].map((character) =>
    character === "*" ? ".*" : character === "?" ? "." : character.replace(/[\\^$.|+()[\]{}]/g, "\\$&"),
  );
  return new RegExp(`^${source.join("")}$`, "su");
}
