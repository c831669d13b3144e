import { parseJson } from "../../document/json/exact-json.js";
import { WorkerLostError } from "../../pool/errors.cjs";
import { Pool } from "../../pool/pool.js";
import type { ElsewhereEnd, ElsewhereRequest } from "../../runner/elsewhere/elsewhere.js";
import type { CellError, NotebookResult } from "../../runner/index.js";
import type { ClusterChoice } from "../options/cluster-options.js";
import { asUsage } from "../options/usage-error.js";
import { type NotebookWork, workOf } from "./notebook-work.js";
import { runWork, type WorkNews } from "./run-work.js";

const missing = /\b(?:Cannot find (?:module|package)|No module named) ['"]/;

/** Runs notebooks on the agents of a cluster, as many at a time as it has workers of theirs. */
export class NotebookCluster {
  readonly #pool: Pool;

  /** Throws UsageError for a broker that is not safe, or if the key or a package is missing. */
  constructor(url: string, { keyFile, insecure, lease }: ClusterChoice, processes: number) {
    const cluster = {
      url,
      insecure,
      ...(keyFile !== undefined && { keyFile }),
      ...(lease !== undefined && { lease: Math.round(lease * 1000) }),
    };
    this.#pool = asUsage(() => new Pool({ processes, cluster }));
  }

  async run(request: ElsewhereRequest): Promise<ElsewhereEnd> {
    const { signal, onStart, onEvent } = request;
    const work = await workOf(request);
    const onProgress = (value: unknown): void => {
      const news = parseJson(String(value)) as WorkNews;
      if ("notebook" in news) {
        onStart(news.notebook);
      } else {
        onEvent(news.event);
      }
    };
    const position = this.#pool.tasks.length;
    const call = this.#pool.applyAsync<typeof runWork>(runWork, [work satisfies NotebookWork], {
      signal,
      onProgress,
    });
    const host = () => this.#pool.tasks[position]?.host;
    try {
      return { result: withAgent(parseJson(await call.get()) as NotebookResult, host()) };
    } catch (error) {
      if (error instanceof WorkerLostError) {
        return { lost: `was lost with its worker: ${error.message}` };
      }
      if (error instanceof Error && host() !== undefined) {
        error.message += ` (on the agent ${host()})`;
      }
      throw error;
    }
  }

  /** Gives the workers back. */
  async end(): Promise<void> {
    await this.#pool.terminate();
  }
}

/** Names the agent in what is told of cells that lack a module: it is there that it has to be installed. */
function withAgent(result: NotebookResult, host: string | undefined): NotebookResult {
  const named = (error: CellError): CellError =>
    missing.test(error.evalue) && host !== undefined
      ? { ...error, evalue: `${error.evalue} (the agent ${host} lacks it: install the packages there)` }
      : error;
  const cells = result.cells.map((cell) => (cell.error ? { ...cell, error: named(cell.error) } : cell));
  return { ...result, cells };
}
