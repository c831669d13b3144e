import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseJson, stringifyJson } from "../../document/json/exact-json.js";
import { type CodeCell, isCodeCell, type Notebook } from "../../document/notebook.js";
import { isRecord, recordOf } from "../../document/record.js";
import { saveFile } from "../../runner/files/replace-file.js";
import type { CacheRequest, CellResult, ExecutionCache } from "../../runner/index.js";
import { cacheKey } from "./cache-key.js";

const noCache = "no-cache";

interface Entry {
  cells: CellResult[];
  /** The outputs of code cells, in their order. */
  outputs: Pick<CodeCell, "outputs" | "execution_count">[];
  metadata: { language_info?: unknown; widgets?: unknown };
}

/** Results of runs that went well, as files of a folder. */
export class FolderCache implements ExecutionCache {
  #folder: string;
  #version: string;
  #keys = new WeakMap<Notebook, string | undefined>();

  constructor(folder: string, version: string) {
    this.#folder = path.resolve(folder);
    this.#version = version;
  }

  async find(request: CacheRequest): Promise<CellResult[] | undefined> {
    const key = isKeptOut(request.notebook)
      ? undefined
      : await cacheKey(request, { version: this.#version, folder: this.#folder });
    this.#keys.set(request.notebook, key);
    const entry = key === undefined ? undefined : await this.#read(key);
    const cells = request.notebook.cells.filter(isCodeCell);
    if (!entry || entry.outputs.length !== cells.length) {
      return undefined;
    }
    for (const [position, cell] of cells.entries()) {
      Object.assign(cell, entry.outputs[position]);
    }
    Object.assign(request.notebook.metadata, entry.metadata);
    return entry.cells.map((cell, position) => ({ ...cell, ...place(request.notebook, position) }));
  }

  async store({ notebook }: CacheRequest, cells: CellResult[]): Promise<void> {
    const key = this.#keys.get(notebook);
    if (key === undefined) {
      return;
    }
    const { language_info, widgets } = notebook.metadata;
    const outputs = notebook.cells
      .filter(isCodeCell)
      .map(({ outputs, execution_count }) => ({ outputs, execution_count }));
    await saveFile(this.#place(key), stringifyJson({ cells, outputs, metadata: { language_info, widgets } }));
  }

  /** An entry that is damaged is none. */
  async #read(key: string): Promise<Entry | undefined> {
    const value: unknown = await readFile(this.#place(key), "utf8")
      .then((text) => parseJson(text))
      .catch(() => undefined);
    return isEntry(value) ? value : undefined;
  }

  #place(key: string): string {
    return path.join(this.#folder, `${key}.json`);
  }
}

/** Cells of other kinds may have come or gone. */
function place(notebook: Notebook, position: number): Pick<CellResult, "index" | "id"> {
  const index = notebook.cells.flatMap((cell, at) => (isCodeCell(cell) ? at : []))[position] ?? 0;
  return { index, id: notebook.cells[index]?.id };
}

function isEntry(value: unknown): value is Entry {
  return (
    isRecord(value) && Array.isArray(value.cells) && Array.isArray(value.outputs) && isRecord(value.metadata)
  );
}

/** A tag on a cell, or `poolbook.cache: false` in the notebook's metadata, keeps a notebook out. */
function isKeptOut({ cells, metadata }: Notebook): boolean {
  return (
    recordOf(metadata.poolbook).cache === false || cells.some((cell) => cell.metadata.tags?.includes(noCache))
  );
}
