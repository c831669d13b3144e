import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { poolbook } from "../helpers/poolbook.js";
import { readStored } from "../helpers/stored-notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

/** Inside the project, so that the chapter finds the package. */
const build = path.resolve(import.meta.dirname, "../..");

describe("a teacher's chapter", () => {
  let folder = "";
  const file = (name: string) => path.join(folder, "lessons", name);
  const module = () => readFileSync(file("09-mine.exercises.ts"), "utf8");

  before(async () => {
    mkdirSync(build, { recursive: true });
    folder = mkdtempSync(path.join(build, "teacher-"));
    const { code, stdout, stderr } = await poolbook(["course", "new", "09-mine", "--dir", file("")]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /09-mine\.ipynb\n.*09-mine\.exercises\.ts\n.*README\.md/);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("passes its test as the template makes it", async () => {
    const { code, stdout, stderr } = await poolbook(["course", "test", file("")]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(
      stdout,
      /✓ mineSum: not attempted at first, 2 wrong answers with their words, and the solution passes/,
    );
  });

  for (const [what, change, sentence] of [
    [
      "a solution that does not pass",
      ["total + x, 0)", "total + x, 1)"],
      /The solution should pass, but the check said: ✗ mineSum/,
    ],
    [
      "a wrong answer without its words",
      ['says: "Add the squares up"', 'says: "Try harder"'],
      /Wrong answer 1 should be told "Try harder"/,
    ],
    ["a wrong answer that passes", ["const sum = 55;", solutionOf()], /Wrong answer 1 should be told/],
    [
      "a judge that throws",
      ["if (numberOf(answer)", 'throw new Error("oops");\n    if (numberOf(answer)'],
      /cell mineSum-check: The cell did not run to its end: Error: oops/,
    ],
    ["a module that does not compile", ["defineChapter(", "defineCapter("], /could not be loaded/],
    [
      "an exercise of another name",
      ['name: "mineSum"', 'name: "other"'],
      /Nothing the notebook imports defines the exercise mineSum/,
    ],
  ] as const) {
    test(`${what} is found, with its cell`, async () => {
      const original = module();
      const [from, to] = change;
      assert.ok(original.includes(from), from);
      writeFileSync(file("09-mine.exercises.ts"), original.replace(from, to));
      const { code, stdout, stderr } = await poolbook(["course", "test", file("")]);
      writeFileSync(file("09-mine.exercises.ts"), original);
      assert.notEqual(code, 0);
      assert.match(stdout + stderr, sentence);
    });
  }

  test("a starter that already counts as an attempt is found", async () => {
    const original = readFileSync(file("09-mine.ipynb"), "utf8");
    writeFileSync(file("09-mine.ipynb"), original.replace("let sum: number | undefined;", "let sum = 1;"));
    const { code, stdout } = await poolbook(["course", "test", file("")]);
    writeFileSync(file("09-mine.ipynb"), original);
    assert.equal(code, 1);
    assert.match(stdout, /As it stands, the exercise should count as not attempted/);
  });

  test("course strip leaves no output, no solution and no wrong answer", async () => {
    const target = path.join(folder, "students");
    const { code } = await poolbook(["course", "strip", file(""), "--output-dir", target]);
    assert.equal(code, 0);
    const text = readFileSync(path.join(target, "09-mine.exercises.ts"), "utf8");
    assert.doesNotMatch(text, /reduce\(\(total|wrongAnswers|const sum = 55/);
    assert.match(text, /hints: \[/);
    assert.equal(
      (await poolbook(["run", path.join(target, "09-mine.ipynb"), "-o", path.join(folder, "run.ipynb")]))
        .code,
      0,
    );
    const again = await poolbook(["course", "strip", file(""), "--output-dir", target]);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /is not empty/);
  });

  test("course export --nbgrader marks the cells, and its grade fails until the exercise has passed", async () => {
    const target = path.join(folder, "source");
    assert.equal((await poolbook(["course", "export", file(""), "--output-dir", target])).code, 2);
    assert.equal(
      (await poolbook(["course", "export", file(""), "--nbgrader", "--output-dir", target])).code,
      0,
    );
    const { cells } = readStored(path.join(target, "09-mine.ipynb"));
    const marks = Object.fromEntries(
      cells.map(({ id, metadata }) => [id, metadata.nbgrader as object | undefined]),
    );
    assert.equal((marks["mineSum-exercise"] as { solution: boolean }).solution, true);
    assert.deepEqual(marks["mineSum-grade"], {
      grade: true,
      grade_id: "mineSum-grade",
      locked: true,
      schema_version: 3,
      solution: false,
      task: false,
      points: 1,
    });
    assert.ok(existsSync(path.join(target, "nbgrader_config.py")));
    assert.doesNotMatch(readFileSync(path.join(target, "09-mine.exercises.ts"), "utf8"), /reduce\(\(total/);
    const solved = await poolbook([
      "run",
      path.join(target, "09-mine.ipynb"),
      "-o",
      path.join(folder, "solved.ipynb"),
    ]);
    assert.equal(solved.code, 0, solved.stderr);
    writeFileSync(
      path.join(target, "09-mine.ipynb"),
      readFileSync(path.join(target, "09-mine.ipynb"), "utf8").replace(
        "return squares.reduce((total",
        "return 1 + squares.reduce((total",
      ),
    );
    const unsolved = await poolbook([
      "run",
      path.join(target, "09-mine.ipynb"),
      "-o",
      path.join(folder, "unsolved.ipynb"),
    ]);
    assert.equal(unsolved.code, 1);
    assert.match(unsolved.stdout + unsolved.stderr, /mineSum: not yet/);
  });

  test("course new overwrites nothing, and refuses a name that is none", async () => {
    const again = await poolbook(["course", "new", "09-mine", "--dir", file("")]);
    assert.equal(again.code, 2);
    assert.match(again.stderr, /exists already/);
    assert.equal((await poolbook(["course", "new", "My Chapter", "--dir", file("")])).code, 2);
  });
});

function solutionOf(): string {
  return "const sum = (await withPool(2, (pool) => pool.map((x: number) => x * x, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))).reduce((total, x) => total + x, 0);";
}

test("a chapter that is no notebook is named, and no version of the course is written", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, "a.ts"), "export {};");
  writeFileSync(path.join(folder, "b.ipynb"), '{"cells": [');
  writeFileSync(path.join(folder, "README.md"), "[b](b.ipynb)");
  const target = path.join(folder, "out");
  for (const command of [["test"], ["strip", "--output-dir", target], ["site", "--output-dir", target]]) {
    const { code, stderr } = await poolbook(["course", ...command, folder]);
    assert.equal(code, 2);
    assert.match(stderr, /^poolbook: (?:\S*\/)?b\.ipynb: not a notebook: not JSON: /);
    assert.ok(!existsSync(target));
  }
});

test("course test says that poolbook is not installed beside a chapter", async (t) => {
  const folder = temporaryFolder(t);
  await poolbook(["course", "new", "01-mine", "--dir", folder]);
  const { code, stderr } = await poolbook(["course", "test", folder]);
  assert.equal(code, 2);
  assert.match(stderr, /01-mine\.ipynb: .*poolbook is not installed beside it; .*npm install poolbook\n$/);
});
