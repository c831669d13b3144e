import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import type { CellError, NotebookResult } from "poolbook/runner";
import { runNotebook } from "poolbook/runner";
import { readChapter } from "#dist/courseware/chapter.js";
import { type ChapterReport, testChapter } from "#dist/courseware/tester/test-chapter.js";
import { ProcessMark } from "./marked-processes.js";

export const notebooks = path.resolve(import.meta.dirname, "../../../notebooks");

export function courseNotebooks(): string[] {
  return readdirSync(notebooks)
    .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
    .sort();
}

/**
 * Executes a chapter of the course once, before the tests of the calling file, with every state of its exercises: see
 * `testChapter`. Tests that every cell ran without an error and without a word on stderr, that every exercise counts as not
 * attempted at first, gives each wrong answer the words meant for it and takes the solution, and that no process is left.
 */
export function executed(name: string): ExecutedNotebook {
  const notebook = new ExecutedNotebook();
  let report: ChapterReport | undefined;
  const mark = new ProcessMark();
  before(async () => {
    Object.assign(process.env, mark.env);
    report = await testChapter(readChapter(path.join(notebooks, name)));
    notebook.result = report.result;
  });
  test(`${name}: every cell runs, and every state of every exercise is what it should be`, () => {
    assert.deepEqual(report?.problems, []);
    assert.notEqual(report?.exercises.length, 0);
  });
  test(`${name}: no kernel and no worker is left behind`, async () => {
    assert.deepEqual(await mark.livingAfter(5), []);
  });
  after(() => {
    notebook.result = undefined;
  });
  return notebook;
}

/** Executes a notebook without exercises of its own as it is. */
export function executedAsItIs(name: string): ExecutedNotebook {
  const notebook = new ExecutedNotebook();
  before(async () => {
    notebook.result = await runNotebook(path.join(notebooks, name));
  });
  test(`${name}: every cell runs, in order, with nothing on stderr`, () => notebook.assertClean());
  return notebook;
}

type Output = { output_type: string; name: string; text: string; data?: Record<string, string> };

/** What the cells of an executed notebook printed and showed, by cell id. */
export class ExecutedNotebook {
  result: NotebookResult | undefined;

  /** The lines that the cell printed to stdout. */
  lines(id: string): string[] {
    return this.#streams(id, "stdout").join("").split("\n").slice(0, -1);
  }

  /** The text of everything that the cell printed or showed. */
  text(id: string): string {
    return this.#outputs(id)
      .map(({ text, data }) => text ?? data?.["text/plain"] ?? "")
      .join("");
  }

  /** The picture that the cell showed; it must have a twin in text. */
  picture(id: string): string {
    const bundle = this.#outputs(id).find(({ data }) => data?.["image/svg+xml"] !== undefined)?.data;
    assert.ok(bundle, `${id} shows no picture`);
    assert.ok(bundle["text/plain"], `${id} has no text beside its picture`);
    return bundle["image/svg+xml"] ?? "";
  }

  /** The error with which the cell ended. */
  error(id: string): CellError {
    const error = this.#result.cells.find((cell) => cell.id === id)?.error;
    assert.ok(error, `${id} has raised no error`);
    return error;
  }

  /** How long the cell took, in seconds. */
  seconds(id: string): number {
    const cell = this.#result.cells.find((cell) => cell.id === id);
    assert.ok(cell, `There is no cell "${id}"`);
    return cell.duration / 1000;
  }

  assertClean(): void {
    const { cells, notebook, status } = this.#result;
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
    for (const { id } of cells) {
      assert.deepEqual(this.#streams(id ?? "", "stderr"), [], `stderr of ${id}`);
    }
  }

  get #result(): NotebookResult {
    assert.ok(this.result, "The notebook was not executed");
    return this.result;
  }

  #outputs(id: string): Output[] {
    const cell = this.#result.notebook.cells.find((cell) => cell.id === id);
    assert.ok(cell, `There is no cell "${id}"`);
    return cell.outputs as unknown as Output[];
  }

  #streams(id: string, name: string): string[] {
    return this.#outputs(id)
      .filter((output) => output.output_type === "stream" && output.name === name)
      .map(({ text }) => text);
  }
}
