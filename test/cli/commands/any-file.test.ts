import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { exportNotebook, importNotebook } from "#dist/cli/commands/convert-notebooks.js";
import { gitDiff } from "#dist/cli/commands/diff/git-diff.js";
import { mergeFiles } from "#dist/cli/commands/merge/merge-files.js";
import { describeError } from "#dist/runner/describe-error.js";
import { writeNotebook } from "../../helpers/notebook.js";
import { poolbook } from "../../helpers/poolbook.js";
import { arbitraryBytes, stateOf, targets } from "../../helpers/targets.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

for (const [kind, make] of Object.entries(targets)) {
  test(`export and import of arbitrary bytes into ${kind}: an error in words, and the target stays`, async (t) => {
    const folder = temporaryFolder(t);
    const output = path.join(folder, "out");
    make(output);
    const before = stateOf(output);
    const formats = fc.constantFrom("ts", "md", "html");
    await fc.assert(
      fc.asyncProperty(arbitraryBytes, formats, async (bytes, to) => {
        const input = path.join(folder, "in.ipynb");
        writeFileSync(input, bytes);
        const error: unknown = await exportNotebook(input, { to, output, input: true }).catch(
          (cause) => cause,
        );
        assert.ok(error instanceof Error);
        assert.match(describeError(error, input), /\S.{3,}/);
        assert.deepEqual(stateOf(output), before);
        await assert.rejects(importNotebook(input, { output }), /expected a file that ends in/);
      }),
      { numRuns: 30 },
    );
  });
}

test("merge and diff --git take arbitrary bytes as text, and change no file but ours", async (t) => {
  const folder = temporaryFolder(t);
  const names = ["base", "ours", "theirs"].map((name) => path.join(folder, name));
  const [base = "", ours = "", theirs = ""] = names;
  t.mock.method(console, "error", () => {});
  await fc.assert(
    fc.asyncProperty(arbitraryBytes, arbitraryBytes, arbitraryBytes, async (...all) => {
      for (const [index, bytes] of all.entries()) {
        writeFileSync(names[index] ?? "", bytes);
      }
      assert.ok([0, 1].includes(await mergeFiles({ base, ours, theirs }, "n.ipynb")));
      assert.ok(readFileSync(base).equals(all[0]) && readFileSync(theirs).equals(all[2]));
    }),
    { numRuns: 25 },
  );
  t.mock.method(process.stdout, "write", () => true);
  await fc.assert(
    fc.asyncProperty(arbitraryBytes, arbitraryBytes, async (before, now) => {
      writeFileSync(base, before);
      writeFileSync(ours, now);
      await gitDiff(["n.ipynb", base, "0", "0", ours, "0", "0"]);
    }),
    { numRuns: 50 },
  );
});

test("no command reads a device without end to its end", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", ["1"]);
  const before = readFileSync(notebook, "utf8");
  const zero = "/dev/zero";
  const lines = [
    ["run", zero],
    ["typecheck", zero],
    ["format", "--check", zero],
    ["export", zero, "--to", "md"],
    ["diff", notebook, zero],
    ["diff", "--git", "n", zero, "0", "0", notebook, "0", "0"],
    ["merge", notebook, notebook, zero],
    ["run", notebook, "-f", zero],
  ];
  for (const line of lines) {
    const { code, stdout, stderr } = await poolbook(line);
    assert.equal(code, 2, line.join(" "));
    assert.match(stdout + stderr, /larger than 256 MiB/);
    assert.doesNotMatch(stdout + stderr, /^\s+at /m);
  }
  assert.equal(readFileSync(notebook, "utf8"), before);
});

test("run carries the outputs of cells that are not run, be they what they may", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeNotebook(folder, "n.ipynb", [{ source: "1", tags: ["skip-execution"] }, "2"]);
  const notebook = JSON.parse(readFileSync(file, "utf8"));
  const outputs = [
    { output_type: "display_data" },
    { output_type: "stream", name: "stdout" },
    { output_type: "stream", name: "stdout", text: [5, 6] },
    { output_type: "x" },
    5,
    null,
  ];
  notebook.cells[0].outputs = outputs;
  writeFileSync(file, JSON.stringify(notebook));
  const { code, stderr } = await poolbook(["run", file, "--inplace"]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")).cells[0].outputs, outputs);
});

test("export to a page or to Markdown says which output cannot be shown", async (t) => {
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", ["1"]);
  const notebook = JSON.parse(readFileSync(file, "utf8"));
  const damaged = [
    [null, "expected an object"],
    [{ output_type: "stream", text: 5 }, "expected `text` to be a string or a list of strings"],
    [{ output_type: "error" }, "expected `traceback` to be a list of strings"],
    [{ output_type: "display_data" }, "expected `data` to be an object"],
  ];
  for (const [output, problem] of damaged) {
    notebook.cells[0].outputs = [output];
    writeFileSync(file, JSON.stringify(notebook));
    for (const to of ["md", "html"]) {
      await assert.rejects(exportNotebook(file, { to, input: true }), {
        name: "NotebookFormatError",
        message: `cells[0].outputs[0]: ${problem}`,
      });
    }
  }
});

test("export refuses what no source file can hold, and tells what it leaves out", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeNotebook(folder, "n.ipynb", ["'\uD800'"]);
  await assert.rejects(exportNotebook(file, { to: "ts", input: true }), /half of a surrogate pair/);
  const extra = path.join(folder, "extra.ipynb");
  const cell = { cell_type: "raw", metadata: {}, source: "x", more: 1 };
  writeFileSync(
    extra,
    JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells: [cell], other: 2 }),
  );
  const { code, stderr } = await poolbook(["export", extra, "--to", "py", "-o", path.join(folder, "n.py")]);
  assert.equal(code, 0);
  assert.match(
    stderr,
    /cells\[0\]\.more has no place in a source file and is left out\n.*: other has no place/,
  );
});
