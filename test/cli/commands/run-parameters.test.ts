import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findLanguage } from "#dist/document/parameters/languages/find-language.js";
import { writeNotebook } from "../../helpers/notebook.js";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));

const declaring = { source: "let year: number = 2000; let name = '';", tags: ["parameters"] };
const showing = "console.log(year, name)";

test("run takes parameters from a pipe, which gives them once only", (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [declaring, showing]);
  const args = ["-c", 'echo "year: 7" | "$0" "$@"', process.execPath, bin, "run", notebook, "--log-output"];
  const { stdout, status } = spawnSync("sh", [...args, "-f", "/dev/stdin"], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^ {4}7\b/m);
});

test("run takes a parameter's value for what it is, also where it looks like an option", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [declaring, showing]);
  for (const value of ["--progress-bar", "--timeout", "--nbmake-find-import-errors", "--", "-p"]) {
    const { stdout, stderr } = await poolbook([
      "run",
      notebook,
      "--log-output",
      "-r",
      "name",
      value,
      "-p",
      "year",
      "-5",
    ]);
    assert.match(stdout, new RegExp(`^ {4}-5 ${value}$`, "m"), stderr);
    assert.equal(stderr, "");
  }
});

test("run takes a parameter called __proto__ for one like any other", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [declaring, showing]);
  for (const given of [
    ["-p", "__proto__", "1"],
    ["-y", "{__proto__: {year: 5}}"],
  ]) {
    const { code, stderr } = await poolbook(["run", notebook, ...given]);
    assert.equal(code, 2);
    assert.match(stderr, /does not declare the parameter __proto__/);
  }
});

test("run refuses names that no variable can have, also where it cannot read what is declared", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [declaring, showing]);
  for (const name of ["a b", "x; process.exit()", "", "1st", "my-name"]) {
    const { code, stderr } = await poolbook(["run", notebook, "--allow-unknown", "-p", name, "1"]);
    assert.equal(code, 2);
    assert.match(stderr, /no variable can be called/, name);
  }
});

test("findLanguage().isName() knows the names of each language", () => {
  const names: Record<string, [right: string[], wrong: string[]]> = {
    typescript: [
      ["año", "$x", "_"],
      ["a-b", "1a", "a.b", ""],
    ],
    python: [
      ["año", "_x1", "漢"],
      ["a$", "1a", "a b", ""],
    ],
    r: [
      ["a.b", ".x", "_papermill"],
      ["a b", "1a", "a;b", ""],
    ],
    julia: [
      ["α", "∇f", "push!", "_x"],
      ["!x", "1a", "a;b", "a b", ""],
    ],
    scala: [
      ["año", "a_1"],
      ["a b", "1a", "a=b", ""],
    ],
    bash: [
      ["a_1", "_"],
      ["a b", "a;b", "1a", "año", "a$(id)", ""],
    ],
  };
  for (const [language, [right, wrong]] of Object.entries(names)) {
    const { isName } = findLanguage(language);
    assert.deepEqual(
      right.filter((name) => !isName(name)),
      [],
      language,
    );
    assert.deepEqual(
      wrong.filter((name) => isName(name)),
      [],
      language,
    );
  }
});

test("run knows words that every object has for names of files only", async (t) => {
  const folder = path.join(temporaryFolder(t), "constructor");
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, "n.ipynb"),
    '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}',
  );
  const child = spawnSync(process.execPath, [bin, "run", "constructor"], {
    cwd: path.dirname(folder),
    encoding: "utf8",
  });
  assert.equal(child.status, 0, child.stderr);
  const { code, stderr } = await poolbook(["run", path.join(folder, "n.ipynb"), "-o", "{toString}.ipynb"]);
  assert.equal(code, 2);
  assert.match(stderr, /expected a parameter called toString/);
});
