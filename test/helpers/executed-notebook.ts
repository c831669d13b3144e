import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { type NotebookResult, runNotebook } from "poolbook/runner";

const NOTEBOOKS = path.resolve(import.meta.dirname, "../../../notebooks");

export function courseNotebooks(): string[] {
  return readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));
}

/** A notebook of the course, executed, with what its cells printed. */
export class ExecutedNotebook {
  static async run(name: string): Promise<ExecutedNotebook> {
    return new ExecutedNotebook(await runNotebook(path.join(NOTEBOOKS, name)));
  }

  private constructor(readonly result: NotebookResult) {}

  /** The lines that the cell with this id printed to stdout. */
  lines(id: string): string[] {
    return this.#streams(id, "stdout").join("").split("\n").slice(0, -1);
  }

  /** How long the cell with this id took, in seconds. */
  seconds(id: string): number {
    const cell = this.result.cells.find((cell) => cell.id === id);
    assert.ok(cell, `There is no cell "${id}"`);
    return cell.duration / 1000;
  }

  /** Asserts that every code cell ran, in order, without an error and with nothing on stderr. */
  assertClean(): void {
    const { cells, notebook, status } = this.result;
    assert.deepEqual(
      cells.filter((cell) => cell.status !== "ok"),
      [],
    );
    assert.equal(status, "ok");
    const counts = cells.map(({ index }) => notebook.cells[index]?.execution_count);
    assert.deepEqual(
      counts,
      cells.map((_, position) => position + 1),
    );
    for (const { id } of cells) assert.deepEqual(this.#streams(id ?? "", "stderr"), [], `stderr of ${id}`);
  }

  #streams(id: string, name: string): string[] {
    const cell = this.result.notebook.cells.find((cell) => cell.id === id);
    assert.ok(cell, `There is no cell "${id}"`);
    const outputs = cell.outputs as { output_type: string; name: string; text: string }[];
    return outputs
      .filter((output) => output.output_type === "stream" && output.name === name)
      .map(({ text }) => text);
  }
}
