import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { putAside, putFreshBeside, updateWorkingCopy } from "#dist/courseware/working-copy/working-copy.js";
import { poolbook } from "../helpers/poolbook.js";
import { readStored, writeStored } from "../helpers/stored-notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

const printed = [{ output_type: "stream" as const, name: "stdout", text: ["the answer\n"] }];

/** A course of two chapters that show their outputs, and a folder for its copy. */
function course(t: TestContext): { source: string; target: string } {
  const folder = temporaryFolder(t);
  const source = path.join(folder, "course");
  mkdirSync(source);
  writeStored(source, "00-a.ipynb", [{ source: "a()", outputs: printed }]);
  writeStored(source, "01-b.ipynb", [{ source: "b()", outputs: printed }]);
  writeFileSync(path.join(source, "README.md"), "# Course\n");
  return { source, target: path.join(folder, "copy") };
}

/** A folder so deep that no path in it takes a file with a name of more than some 30 characters. */
function deepFolder(folder: string): string {
  const longestPath = process.platform === "darwin" ? 1024 : 4096;
  const folders = Array.from({ length: 50 }, () => "d".repeat(100));
  return path.join(folder, ...folders).slice(0, longestPath - 60);
}

const sourceIn = (folder: string, name: string) => readStored(path.join(folder, name)).cells[0]?.source;

test("a new copy has every file, and shows nothing that has not been run", async (t) => {
  const { source, target } = course(t);
  assert.deepEqual((await updateWorkingCopy(source, target)).added, [
    "00-a.ipynb",
    "01-b.ipynb",
    "README.md",
  ]);
  const [cell] = readStored(path.join(target, "00-a.ipynb")).cells;
  assert.deepEqual([cell?.outputs, cell?.execution_count], [[], null]);
  assert.notDeepEqual(readStored(path.join(source, "00-a.ipynb")).cells[0]?.outputs, []);
});

test("the learner's work stays, with what was run, start after start", async (t) => {
  const { source, target } = course(t);
  await updateWorkingCopy(source, target);
  writeStored(target, "00-a.ipynb", [{ source: "mine()", outputs: printed }]);
  assert.deepEqual(await updateWorkingCopy(source, target), { added: [], updated: [], changed: [] });
  assert.deepEqual(sourceIn(target, "00-a.ipynb"), ["mine()"]);
});

test("a chapter that the course has changed is updated if the learner has not touched it, and named if so", async (t) => {
  const { source, target } = course(t);
  await updateWorkingCopy(source, target);
  writeStored(target, "00-a.ipynb", [{ source: "mine()" }]);
  writeStored(source, "00-a.ipynb", [{ source: "a2()" }]);
  writeStored(source, "01-b.ipynb", [{ source: "b2()" }]);
  assert.deepEqual(await updateWorkingCopy(source, target), {
    added: [],
    updated: ["01-b.ipynb"],
    changed: ["00-a.ipynb"],
  });
  assert.deepEqual([sourceIn(target, "00-a.ipynb"), sourceIn(target, "01-b.ipynb")], [["mine()"], ["b2()"]]);
});

test("a chapter that the learner has run counts as touched", async (t) => {
  const { source, target } = course(t);
  await updateWorkingCopy(source, target);
  writeStored(target, "01-b.ipynb", [{ source: "b()", outputs: printed }]);
  writeStored(source, "01-b.ipynb", [{ source: "b2()" }]);
  assert.deepEqual((await updateWorkingCopy(source, target)).changed, ["01-b.ipynb"]);
  assert.deepEqual(sourceIn(target, "01-b.ipynb"), ["b()"]);
});

test("a broken chapter is copied as it is, and updated when the course has mended it, unless the learner has touched it", async (t) => {
  const { source, target } = course(t);
  const broken = '{"cells": [';
  writeFileSync(path.join(source, "00-a.ipynb"), broken);
  assert.deepEqual((await updateWorkingCopy(source, target)).added, [
    "00-a.ipynb",
    "01-b.ipynb",
    "README.md",
  ]);
  assert.equal(readFileSync(path.join(target, "00-a.ipynb"), "utf8"), broken);
  writeFileSync(path.join(target, "01-b.ipynb"), "the learner's own damage");
  writeStored(source, "00-a.ipynb", [{ source: "a2()" }]);
  writeStored(source, "01-b.ipynb", [{ source: "b2()" }]);
  assert.deepEqual(await updateWorkingCopy(source, target), {
    added: [],
    updated: ["00-a.ipynb"],
    changed: ["01-b.ipynb"],
  });
});

test("new outputs in the course alone change nothing", async (t) => {
  const { source, target } = course(t);
  await updateWorkingCopy(source, target);
  writeStored(source, "00-a.ipynb", [{ source: "a()", outputs: [] }]);
  assert.deepEqual(await updateWorkingCopy(source, target), { added: [], updated: [], changed: [] });
});

test("a fresh chapter is put beside the learner's, and not offered again", async (t) => {
  const { source, target } = course(t);
  await updateWorkingCopy(source, target);
  writeStored(target, "00-a.ipynb", [{ source: "mine()" }]);
  writeStored(source, "00-a.ipynb", [{ source: "a2()" }]);
  assert.deepEqual(await putFreshBeside(source, target, ["00-a.ipynb"]), ["00-a-fresh.ipynb"]);
  assert.deepEqual(
    [sourceIn(target, "00-a.ipynb"), sourceIn(target, "00-a-fresh.ipynb")],
    [["mine()"], ["a2()"]],
  );
  assert.deepEqual((await updateWorkingCopy(source, target)).changed, []);
});

test("a copy is put aside whole, and never over another", async (t) => {
  const { source, target } = course(t);
  await updateWorkingCopy(source, target);
  assert.equal(putAside(target), `${target}-1`);
  await updateWorkingCopy(source, target);
  assert.equal(putAside(target), `${target}-2`);
  assert.ok(existsSync(path.join(`${target}-1`, "00-a.ipynb")));
});

test("a copy whose making fails half-way has whole files, and the next start goes on with it", async (t) => {
  const { source } = course(t);
  const target = deepFolder(path.dirname(source));
  const long = path.join(source, `01-${"b".repeat(60)}.ipynb`);
  renameSync(path.join(source, "01-b.ipynb"), long);
  await assert.rejects(updateWorkingCopy(source, target), { code: "ENAMETOOLONG" });
  renameSync(long, path.join(source, "01-b.ipynb"));
  assert.deepEqual(await updateWorkingCopy(source, target), {
    added: ["01-b.ipynb", "README.md"],
    updated: [],
    changed: [],
  });
  writeStored(source, "00-a.ipynb", [{ source: "a2()" }]);
  assert.deepEqual((await updateWorkingCopy(source, target)).updated, ["00-a.ipynb"]);
});

test("a folder that is no copy is left alone", async (t) => {
  const { source, target } = course(t);
  mkdirSync(target);
  writeFileSync(path.join(target, "diary.txt"), "mine");
  await assert.rejects(updateWorkingCopy(source, target), {
    name: "WorkingCopyError",
    message: /is not empty/,
  });
  const { code, stderr } = await poolbook(["lab", source, "--copy", target, "--no-browser"]);
  assert.equal(code, 2);
  assert.match(stderr, /no working copy of a course/);
  assert.equal(readFileSync(path.join(target, "diary.txt"), "utf8"), "mine");
});

test("lab --fresh changes nothing where nobody can be asked", async (t) => {
  const { source, target } = course(t);
  await updateWorkingCopy(source, target);
  writeStored(target, "00-a.ipynb", [{ source: "mine()" }]);
  const { code, stderr } = await poolbook(["lab", source, "--copy", target, "--fresh", "--no-browser"]);
  assert.equal(code, 2);
  assert.match(stderr, /--fresh asks before it begins anew.*--yes/);
  assert.deepEqual(sourceIn(target, "00-a.ipynb"), ["mine()"]);
});

test("lab refuses a copy in the course's own folder, and --fresh without a copy", async (t) => {
  const { source } = course(t);
  assert.equal((await poolbook(["lab", source, "--copy", source])).code, 2);
  assert.equal((await poolbook(["lab", source, "--fresh"])).code, 2);
});
