import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Notebook } from "#dist/document/notebook.js";
import { stdout } from "../../helpers/notebook-value.js";
import { poolbook } from "../../helpers/poolbook.js";
import { readStored, writeStored } from "../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const page = fileURLToPath(
  import.meta.resolve("poolbook/package.json").replace("package.json", "src/checker/README.md"),
);
const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));

/** A repository that is set up by the lines of the page. */
function repository(t: TestContext) {
  const folder = temporaryFolder(t);
  const git = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" });
    return { code: status, stdout, stderr };
  };
  git("init", "-q", "-b", "main");
  git("config", "user.name", "a");
  git("config", "user.email", "a@example.org");
  const [, setUp = ""] = /```sh\n(git config[\s\S]*?)```/.exec(readFileSync(page, "utf8")) ?? [];
  const commands = setUp.replaceAll("npx poolbook", `'${process.execPath}' '${bin}'`);
  const { status, stderr } = spawnSync("sh", ["-ec", commands], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return { folder, git };
}

const sources = (notebook: Notebook) => notebook.cells.map(({ source }) => [source].flat().join(""));

test("diff --git shows in git diff, log -p and show what has changed in a notebook, also a new and a renamed one", (t) => {
  const { folder, git } = repository(t);
  const file = writeStored(folder, "n.ipynb", [{ source: "1", outputs: [stdout("one\n")] }]);
  git("add", "-A");
  git("commit", "-qm", "first");
  writeStored(folder, "n.ipynb", [{ source: "2", outputs: [stdout("two\n")] }]);
  writeFileSync(path.join(folder, "broken.ipynb"), "{");
  const { code, stdout: shown } = git("diff");
  assert.equal(code, 0);
  assert.match(shown, /diff n\.ipynb[\s\S]*-1\b[\s\S]*\+2\b/);
  const env = { ...process.env, GIT_PAGER_IN_USE: "true", NO_COLOR: "" };
  const paged = spawnSync("git", ["-C", folder, "diff"], { encoding: "utf8", env });
  assert.ok(paged.stdout.includes("\u001b[32m+2"));
  git("add", "-A");
  git("commit", "-qm", "second");
  assert.match(git("show", "--ext-diff").stdout, /\+2[\s\S]*\+\{|\+\{[\s\S]*\+2/);
  renameSync(file, path.join(folder, "m.ipynb"));
  git("add", "-A");
  assert.match(git("diff", "--cached", "-M").stdout, /diff n\.ipynb m\.ipynb|only counts/);
});

test("format --strip-outputs as a filter keeps outputs out of git and in the working tree", (t) => {
  const { folder, git } = repository(t);
  const file = writeStored(folder, "n.ipynb", [{ source: "1", outputs: [stdout("one\n")] }]);
  assert.equal(git("add", "-A").code, 0);
  git("commit", "-qm", "first");
  assert.doesNotMatch(git("show", "HEAD:n.ipynb").stdout, /one/);
  assert.match(readFileSync(file, "utf8"), /one/);
  assert.equal(git("status", "--short").stdout, "");
  writeStored(folder, "n.ipynb", [{ source: "1", outputs: [stdout("again\n")] }]);
  assert.equal(git("status", "--short", "--renormalize").stdout.trim(), "");
});

test("merge merges notebooks of two branches, and a conflict leaves a notebook that can be read and mended", async (t) => {
  const { folder, git } = repository(t);
  const write = (...cells: string[]) => {
    writeStored(
      folder,
      "n.ipynb",
      cells.map((source) => ({ source })),
    );
    git("add", "-A");
    return git("commit", "-qm", cells.join());
  };
  write("a", "b", "c");
  git("checkout", "-qb", "theirs");
  write("a", "b", "C theirs");
  git("checkout", "-q", "main");
  write("A ours", "b", "c");
  const clean = git("merge", "theirs", "-m", "clean");
  assert.equal(clean.code, 0, clean.stdout + clean.stderr);
  const file = path.join(folder, "n.ipynb");
  assert.deepEqual(sources(readStored(file)), ["A ours", "b", "C theirs"]);
  git("checkout", "-q", "theirs");
  write("a", "B theirs", "C theirs");
  git("checkout", "-q", "main");
  write("A ours", "B ours", "C theirs");
  const { code, stdout: told, stderr } = git("merge", "theirs");
  assert.equal(code, 1);
  assert.match(stderr + told, /n\.ipynb: cell 2 \(cell-2\): both have changed it[\s\S]*CONFLICT/);
  assert.equal(sources(readStored(file))[1], "<<<<<<< ours\nB ours\n=======\nB theirs\n>>>>>>> theirs");
  assert.match(git("status", "--short").stdout, /^UU n\.ipynb/);
  const checked = await poolbook(["format", "--check", file]);
  assert.match(checked.stdout, /cells\[1\]\.source: it holds a conflict of a merge/);
  assert.equal(git("diff").code, 0);
  assert.equal(git("rebase", "--abort").code !== 0 && git("merge", "--abort").code, 0);
  assert.deepEqual(sources(readStored(file)), ["A ours", "B ours", "C theirs"]);
});

test("merge gives texts that are no notebooks to git, and says what cannot be read", async (t) => {
  const folder = temporaryFolder(t);
  const write = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const [base, ours, theirs] = [
    write("o", "1\n2\n3\n"),
    write("a", "1\nours\n3\n"),
    write("b", "1\ntheirs\n3\n"),
  ];
  const { code, stderr } = await poolbook(["merge", base, ours, theirs, "n.ipynb"]);
  assert.equal(code, 1);
  assert.match(stderr, /n\.ipynb: merged as text: not a notebook/);
  assert.match(readFileSync(ours, "utf8"), /<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs/);
  const kept = readFileSync(ours, "utf8");
  mkdirSync(path.join(folder, "d"));
  for (const bad of [path.join(folder, "nowhere"), path.join(folder, "d")]) {
    assert.equal((await poolbook(["merge", base, ours, bad])).code, 2);
  }
  assert.equal(readFileSync(ours, "utf8"), kept);
});
