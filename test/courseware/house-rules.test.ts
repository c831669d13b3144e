import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, type TestContext, test } from "node:test";
import { readChapters } from "#dist/courseware/chapter.js";
import { houseRuleProblems } from "#dist/courseware/house-rules/house-rules.js";
import { newChapter } from "#dist/courseware/template/new-chapter.js";
import type { Notebook } from "#dist/document/notebook.js";
import { readStored } from "../helpers/stored-notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** What the rules say of a new chapter that was changed. */
async function problemsAfter(t: TestContext, change: (notebook: Notebook) => void): Promise<string[]> {
  const folder = temporaryFolder(t);
  await newChapter(folder, "09-mine");
  const file = path.join(folder, "09-mine.ipynb");
  const notebook = readStored(file);
  change(notebook);
  writeFileSync(file, JSON.stringify(notebook));
  return houseRuleProblems(readChapters(folder)).map(({ cell, message }) => `${cell ?? "-"}: ${message}`);
}

function cellOf({ cells }: Notebook, id: string) {
  const cell = cells.find((cell) => cell.id === id);
  assert.ok(cell, id);
  return cell;
}

function storeTypeError(notebook: Notebook, source: string): void {
  const outputs = [{ output_type: "error", ename: "TypeScriptError", evalue: "TS2322", traceback: [] }];
  Object.assign(cellOf(notebook, "minesum-run"), {
    source,
    outputs,
    metadata: { tags: ["raises-exception"] },
  });
}

const broken: Record<string, [change: (notebook: Notebook) => void, sentence: RegExp]> = {
  "an old format": [(notebook) => (notebook.nbformat_minor = 4), /^-: The notebook is nbformat 4\.4/],
  "foreign metadata": [(notebook) => (notebook.metadata.colab = {}), /^-: .*metadata `colab`/],
  "another kernel": [
    (notebook) => (notebook.metadata.kernelspec = { name: "python3" }),
    /does not name the kernel/,
  ],
  "no text at the beginning": [
    (notebook) => notebook.cells.splice(0, 2),
    /^-: The notebook does not begin with text/,
  ],
  "a cell without an id": [
    (notebook) => delete cellOf(notebook, "minesum-run").id,
    /^number 5: The cell has no id that a person gave it/,
  ],
  "an id twice": [
    (notebook) => (cellOf(notebook, "minesum-run").id = "minesum-imports"),
    /^minesum-imports: Another cell has the same id/,
  ],
  "too many lines": [
    (notebook) => (cellOf(notebook, "minesum-run").source = "\n".repeat(16)),
    /^minesum-run: The cell has 17 lines/,
  ],
  "a line that is too long": [
    (notebook) => (cellOf(notebook, "minesum-run").source = `// ${"x".repeat(120)}`),
    /^minesum-run: Line 1 has more than 120 characters/,
  ],
  "a dead link": [
    (notebook) => (cellOf(notebook, "minesum-run-text").source = "[here](nowhere.md)"),
    /^minesum-run-text: The link to nowhere\.md leads nowhere/,
  ],
  "a stored error": [
    (notebook) =>
      (cellOf(notebook, "minesum-run").outputs = [
        { output_type: "error", ename: "E", evalue: "", traceback: [] },
      ]),
    /^minesum-run: The cell has stored an error, E/,
  ],
  "an error of the type checker that nothing names": [
    (notebook) => storeTypeError(notebook, "1;"),
    /^minesum-run: The cell has stored an error, TypeScriptError/,
  ],
  "a picture without words": [
    (notebook) =>
      (cellOf(notebook, "minesum-run").outputs = [
        { output_type: "display_data", data: { "image/png": "" }, metadata: {} },
      ]),
    /^minesum-run: The picture has no words/,
  ],
  "no key points": [
    (notebook) => (cellOf(notebook, "minesum-key-points").source = "**Try next**: more."),
    /^-: The notebook does not say ## Key points/,
  ],
  "no exercise": [
    (notebook) => (cellOf(notebook, "mineSum-exercise").id = "mineSum-other"),
    /^-: The notebook has no exercise/,
  ],
  "an exercise without a check": [
    (notebook) => (cellOf(notebook, "mineSum-check").id = "mineSum-other"),
    /^mineSum-exercise: The exercise has no cell `mineSum-check`/,
  ],
  "an exercise that is not tagged": [
    (notebook) => (cellOf(notebook, "mineSum-exercise").metadata = {}),
    /^mineSum-exercise: The cell is not tagged `exercise`/,
  ],
  "a stored answer": [
    (notebook) =>
      (cellOf(notebook, "mineSum-check").outputs = [
        { output_type: "stream", name: "stdout", text: "✓ mineSum: passed." },
      ]),
    /^mineSum-check: The stored output is not that of an exercise nobody has attempted/,
  ],
  "no way on": [
    (notebook) => (cellOf(notebook, "minesum-end").source = "[Up: the course](nowhere.md)"),
    /^minesum-end: The line with `\[Up: …\]` should lead to README\.md, and leads to nowhere\.md/,
  ],
};

describe("the rules of the house", () => {
  test("are kept by a new chapter", async (t) => assert.deepEqual(await problemsAfter(t, () => {}), []));

  test("let a cell store errors of the type checker that it names", async (t) => {
    const change = (notebook: Notebook) => storeTypeError(notebook, "// @errors: 2322\nconst a: string = 1;");
    assert.deepEqual(await problemsAfter(t, change), []);
  });

  for (const [name, [change, sentence]] of Object.entries(broken)) {
    test(`${name}: a sentence with its cell`, async (t) => {
      const problems = await problemsAfter(t, change);
      assert.ok(
        problems.some((problem) => sentence.test(problem)),
        problems.join("\n"),
      );
    });
  }

  test("let each chapter lead to its neighbours", async (t) => {
    const folder = temporaryFolder(t);
    await newChapter(folder, "08-first");
    await newChapter(folder, "09-second");
    const messages = houseRuleProblems(readChapters(folder)).map(({ message }) => message);
    assert.deepEqual(messages, [
      "The line with `[Up: …]` should lead to README.md, 09-second.ipynb, and leads to README.md",
      "The line with `[Up: …]` should lead to README.md, 09-second.ipynb, and leads to README.md",
    ]);
  });
});
