import type { JsonObject } from "../../../jupyter/json-object.js";
import type { Entry } from "./entry.js";
import type { HistoryFile } from "./history-file.js";
import { select } from "./select.js";

type OwnEntry = Omit<Entry, "session">;

/** The cells that were run: those of this session in memory, those of earlier ones in a file, if they are kept. */
export class History {
  readonly #file: HistoryFile | undefined;
  readonly #own: OwnEntry[] = [];

  constructor(file: HistoryFile | undefined) {
    this.#file = file;
  }

  add(line: number, input: string): void {
    this.#own.push({ line, input, output: null });
    this.#file?.add({ line, input });
  }

  setOutput(line: number, output: string): void {
    const entry = this.#own.findLast((candidate) => candidate.line === line);
    if (entry) {
      entry.output = output;
      this.#file?.add({ line, output });
    }
  }

  /** The content of a `history_reply`, as IPython answers such a request. */
  async reply(request: JsonObject): Promise<JsonObject> {
    const { session, earlier } = (await this.#file?.read()) ?? { session: 1, earlier: [] };
    const all = [...earlier, ...this.#own.map((entry) => ({ session, ...entry }))];
    const isWithOutput = request.output === true;
    const history = select(all, request, session).map(({ session, line, input, output }) => [
      session,
      line,
      isWithOutput ? [input, output] : input,
    ]);
    return { status: "ok", history };
  }

  /** Resolves when all that was added has been written, or could not be. */
  async flushed(): Promise<void> {
    await this.#file?.flushed();
  }
}
