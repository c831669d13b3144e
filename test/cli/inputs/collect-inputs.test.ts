import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { collectInputs } from "#dist/cli/inputs/collect-inputs.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

function write(folder: string, ...files: string[]): void {
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), "{}");
  }
}

function initialise(folder: string): void {
  execFileSync("git", ["init", "--quiet", folder]);
}

async function collected(folder: string, options = {}): Promise<string[]> {
  return (await collectInputs([folder], options)).map(({ relative }) => relative);
}

const foreign = [
  "node_modules/a/b.ipynb",
  "deep/node_modules/a/b.ipynb",
  "env/pyvenv.cfg",
  "env/lib/c.ipynb",
  "conda/conda-meta/history",
  "conda/c.ipynb",
  ".hidden/d.ipynb",
];

test("a folder means the user's notebooks: no packages, environments, hidden folders and builds", async (t) => {
  const folder = temporaryFolder(t);
  write(
    folder,
    "own.ipynb",
    "sub/own.ipynb",
    "sub/upper.IPYNB",
    ...foreign,
    "build/e.ipynb",
    "sub/dist/e.ipynb",
    "_build/e.ipynb",
  );
  // Read, it would be waited for without end.
  execFileSync("mkfifo", [path.join(folder, "pipe.ipynb")]);
  symlinkSync("pipe.ipynb", path.join(folder, "link.ipynb"));
  assert.deepEqual(await collected(folder), ["own.ipynb", "sub/own.ipynb", "sub/upper.IPYNB"]);
});

test("in a git repository a folder means what git does not ignore, and what it tracks", async (t) => {
  const folder = temporaryFolder(t);
  initialise(folder);
  write(
    folder,
    "own.ipynb",
    "build/own.ipynb",
    "out/made.ipynb",
    "out/tracked.ipynb",
    "sub/x.ipynb",
    ...foreign,
  );
  writeFileSync(path.join(folder, ".gitignore"), "out/\n");
  writeFileSync(path.join(folder, "sub", ".gitignore"), "*\n");
  execFileSync("git", ["-C", folder, "add", "--force", "out/tracked.ipynb"]);
  assert.deepEqual(await collected(folder), ["build/own.ipynb", "out/tracked.ipynb", "own.ipynb"]);
});

test("a repository within another one says itself what is ignored", async (t) => {
  const folder = temporaryFolder(t);
  initialise(folder);
  write(folder, "inner/a.ipynb", "inner/b.ipynb");
  initialise(path.join(folder, "inner"));
  writeFileSync(path.join(folder, "inner", ".gitignore"), "b.ipynb\n");
  assert.deepEqual(await collected(folder), ["inner/a.ipynb"]);
});

test("a folder that is named is meant, though git ignores it or a package brought it", async (t) => {
  const folder = temporaryFolder(t);
  initialise(folder);
  write(folder, "out/a.ipynb", "node_modules/p/a.ipynb");
  writeFileSync(path.join(folder, ".gitignore"), "out\nnode_modules\n");
  assert.deepEqual(await collected(path.join(folder, "out")), ["a.ipynb"]);
  assert.deepEqual(await collected(path.join(folder, "node_modules", "p")), ["a.ipynb"]);
});

test("--no-ignore takes all but what is hidden", async (t) => {
  const folder = temporaryFolder(t);
  initialise(folder);
  write(folder, "own.ipynb", "out/made.ipynb", ...foreign);
  writeFileSync(path.join(folder, ".gitignore"), "out\n");
  assert.equal((await collected(folder, { ignore: false })).length, 6);
});

const globs: [glob: string, left: string[]][] = [
  ["drafts", ["a.ipynb", "sub/b.draft.ipynb", "sub/c.ipynb"]],
  ["*.draft.ipynb", ["a.ipynb", "drafts/d.ipynb", "sub/c.ipynb"]],
  ["sub/**", ["a.ipynb", "drafts/d.ipynb"]],
  ["./sub/", ["a.ipynb", "drafts/d.ipynb"]],
  ["sub/*.ipynb", ["a.ipynb", "drafts/d.ipynb"]],
  ["{a,c}.ipynb", ["drafts/d.ipynb", "sub/b.draft.ipynb"]],
];

for (const [glob, left] of globs) {
  test(`poolbook.exclude ${glob} leaves out notebooks and folders below package.json`, async (t) => {
    const folder = temporaryFolder(t);
    write(folder, "a.ipynb", "drafts/d.ipynb", "sub/b.draft.ipynb", "sub/c.ipynb");
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ poolbook: { exclude: [glob] } }));
    assert.deepEqual(await collected(folder), left);
  });
}

test("--exclude is relative to the current folder, and holds for files that are named, too", async (t) => {
  const folder = mkdtempSync("exclude-");
  t.after(() => rmSync(folder, { recursive: true }));
  write(folder, "a.ipynb", "b.ipynb");
  const names = async (exclude: string[]) =>
    (await collectInputs([`${folder}/a.ipynb`, folder], { exclude })).map(({ relative }) => relative);
  assert.deepEqual(await names([`${folder}/a.ipynb`]), ["b.ipynb"]);
  assert.deepEqual(await names(["b.ipynb"]), ["a.ipynb"]);
  await assert.rejects(names([folder]), /no notebooks in .*; --no-ignore takes those too/);
});

test("a file that is named twice is run once, whatever names and links lead there", async (t) => {
  const folder = temporaryFolder(t);
  write(folder, "a.ipynb");
  symlinkSync("a.ipynb", path.join(folder, "link.ipynb"));
  const names = ["a.ipynb", "./a.ipynb", "link.ipynb", "../missing.ipynb", "../missing.ipynb", "."];
  const inputs = await collectInputs(names.map((name) => `${folder}/${name}`));
  assert.deepEqual(
    inputs.map(({ file }) => path.basename(file)),
    ["a.ipynb", "missing.ipynb"],
  );
});
