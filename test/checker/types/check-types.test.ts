import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { type CellTypes, checkTypes, type NotebookTypes } from "poolbook/checker";
import { type CellOf, kernels, writeNotebook } from "../../helpers/notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";
import { planted } from "./planted-errors.js";

const noCache = { cache: false };

function found({ cells }: NotebookTypes): Record<number, string[]> {
  const all = cells
    .filter(({ diagnostics }) => diagnostics.length > 0)
    .map(({ number, diagnostics }) => [
      number,
      diagnostics.map(({ code, start }) => `${code}:${start.line}:${start.column}`),
    ]);
  return Object.fromEntries(all);
}

const statuses = (cells: CellTypes[]) => cells.map(({ status }) => status);

for (const { name, cells, expected } of planted) {
  test(`checkTypes() finds each planted error at its place and invents none: ${name}`, async (t) => {
    const metadata = { kernelspec: kernels.tslab, poolbook: { compilerOptions: { strict: true } } };
    const file = writeNotebook(temporaryFolder(t), "a.ipynb", cells, metadata);
    const types = await checkTypes(file, noCache);
    assert.equal(types.status, "ill-typed");
    assert.deepEqual(found(types), expected);
  });
}

describe("checkTypes()", () => {
  const check = async (
    t: Parameters<typeof temporaryFolder>[0],
    cells: CellOf[],
    { options = {}, metadata = { kernelspec: kernels.tslab }, files = {} } = {},
  ) => {
    const folder = temporaryFolder(t);
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(path.join(folder, name), String(text));
    }
    const file = writeNotebook(folder, "a.ipynb", cells, metadata);
    return { file, ...(await checkTypes(file, { ...noCache, ...options })) };
  };

  test("names the place of an error as notebook:cell:line:column, and the cell's id", async (t) => {
    const { file, cells } = await check(t, ["1;", "\nconst a: string = 1;"]);
    assert.equal(cells[1]?.id, "cell-2");
    assert.deepEqual(cells[1]?.diagnostics, [
      {
        code: 2322,
        message: "Type 'number' is not assignable to type 'string'.",
        location: `${file}:cell_2:2:7`,
        start: { line: 2, column: 7 },
        end: { line: 2, column: 8 },
        isExpected: false,
      },
    ]);
  });

  test("lets cells declare names again, and a cell with errors declare what it can", async (t) => {
    const { cells } = await check(t, [
      "let a = 1;",
      "let a = 'x'; a.trim();",
      "const b: number = 'x';",
      "b.toFixed(); a.trim();",
    ]);
    assert.deepEqual(statuses(cells), ["well-typed", "well-typed", "ill-typed", "well-typed"]);
  });

  test("takes errors that a comment or a tag names, and fails where one does not come", async (t) => {
    const { status, cells } = await check(t, [
      "// @errors: 2322\nconst a: string = 1;",
      { source: "const b: string = 1;", tags: ["errors: TS2322"] },
      "// @errors: 2345, 2322\nconst c: string = 1;",
      "// @errors: 2345\nconst d: string = 1;",
    ]);
    assert.equal(status, "ill-typed");
    assert.deepEqual(statuses(cells), ["well-typed", "well-typed", "ill-typed", "ill-typed"]);
    assert.deepEqual(
      cells.map(({ missing }) => missing),
      [[], [], [2345], [2345]],
    );
    assert.deepEqual(
      cells.flatMap(({ diagnostics }) => diagnostics.map(({ isExpected }) => isExpected)),
      [true, true, true, false],
    );
  });

  test("refuses a list of expected errors that it cannot read", async (t) => {
    const { status, problem } = await check(t, ["1;", "// @errors: all of them\n2;"]);
    assert.equal(status, "could-not-run");
    assert.equal(
      problem,
      "cell 2 (cell-2): expected numbers of TypeScript's errors behind `errors:`, got `all of them`",
    );
  });

  test("passes cells over that are not run, and does not know their names", async (t) => {
    const { cells } = await check(t, [
      { source: "const a = 1;", tags: ["skip-execution"] },
      { source: "a;", tags: [] },
      " ",
    ]);
    assert.deepEqual(statuses(cells), ["skipped", "ill-typed", "skipped"]);
  });

  test("checks parameters that are put in", async (t) => {
    const cells: CellOf[] = [
      { source: "let workers: number = 5;", tags: ["parameters"] },
      "workers.toFixed();",
    ];
    assert.equal((await check(t, cells, { options: { parameters: { workers: 4 } } })).status, "well-typed");
    const wrong = await check(t, cells, { options: { parameters: { workers: "four" } } });
    assert.deepEqual(
      wrong.cells.map(({ number, status, diagnostics }) => [number, status, diagnostics[0]?.location]),
      [
        [1, "well-typed", undefined],
        [1, "ill-typed", `${wrong.file}:injected-parameters:2:5`],
        [2, "well-typed", undefined],
      ],
    );
    const unknown = await check(t, cells, { options: { parameters: { wrokers: 4 } } });
    assert.equal(unknown.status, "could-not-run");
  });

  test("honours the nearest tsconfig.json, @ts-nocheck, and cells that are modules", async (t) => {
    const loose = { files: { "tsconfig.json": '{ "compilerOptions": { "strict": false } }' } };
    assert.equal((await check(t, ["((x) => x)(1);"], loose)).status, "well-typed");
    assert.equal((await check(t, ["// @ts-nocheck\nconst a: string = 1;"])).status, "well-typed");
    const { cells } = await check(t, [
      "/** @module shapes */\nexport const area = (side: number) => side * side;",
      "import { area } from './shapes';\narea('1');",
      "/** @module wrong */\nexport const a: string = 1;",
    ]);
    assert.deepEqual(statuses(cells), ["well-typed", "ill-typed", "ill-typed"]);
  });

  test("checks syntax only in JavaScript", async (t) => {
    const metadata = { kernelspec: { name: "jslab", display_name: "JavaScript", language: "javascript" } };
    const { cells } = await check(t, ["const a = 1; a.nothing();", "const = 2;"], { metadata });
    assert.deepEqual(statuses(cells), ["well-typed", "ill-typed"]);
  });

  test("tells of errors in files that cells import, from the notebook's folder on", async (t) => {
    const { file, cells } = await check(t, ["import { twice } from './util.js';", "twice(1);"], {
      files: { "util.ts": "export const twice = (n: number): string => n * 2;\n" },
    });
    assert.deepEqual(
      cells[0]?.diagnostics.map((each) => [each.location, each.file]),
      [[`${path.join(path.dirname(file), "util.ts")}:1:45`, "util.ts"]],
    );
    assert.equal(cells[1]?.status, "well-typed");
  });

  test("passes notebooks of other kernels over, with their names", async (t) => {
    const { status, problem } = await check(t, ["print(1)"], { metadata: { kernelspec: kernels.python3 } });
    assert.deepEqual([status, problem], ["passed-over", "its kernel is python3"]);
  });

  test("of a file that is not there says so, and does not reject", async () => {
    const { status, problem } = await checkTypes("nowhere.ipynb", noCache);
    assert.deepEqual([status, problem], ["could-not-run", "no such file"]);
  });
});
