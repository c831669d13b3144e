import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { stdout } from "../../../helpers/notebook-value.js";
import { poolbook } from "../../../helpers/poolbook.js";
import { readStored, writeStored } from "../../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

test("check: new outputs are a difference; after --update all is equal, and nothing else has changed", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeStored(folder, "a.ipynb", [
    { source: "console.log('process', process.pid)", outputs: [] },
    { source: "const quiet = 1;" },
    { source: "console.log(2); console.error('careful')", outputs: [], tags: ["exercise"] },
  ]);
  const before = readStored(file);
  const first = await poolbook(["check", file]);
  assert.equal(first.code, 1);
  assert.match(first.stdout, /✗ .*a\.ipynb {2}3 cells {2}2 different {2}1 not compared/);
  assert.match(first.stdout, /a\.ipynb, cell 3 \(cell-3\)\n {4}\| console\.log\(2\)/);
  assert.match(first.stdout, /stdout is new\n {6}\+ 2\n {4}stderr is new\n {6}\+ careful\n/);

  const update = await poolbook(["check", "--update", file]);
  assert.equal(update.code, 0, update.stdout);
  const after = readStored(file);
  assert.deepEqual(
    after.cells.map(({ outputs, execution_count, ...cell }) => cell),
    before.cells.map(({ outputs, execution_count, ...cell }) => cell),
  );
  assert.deepEqual(after.cells[2]?.outputs, [
    { name: "stdout", output_type: "stream", text: ["2\n"] },
    { name: "stderr", output_type: "stream", text: ["careful\n"] },
  ]);

  const { mtimeMs } = statSync(file);
  const second = await poolbook(["check", "--update", file]);
  assert.equal(second.code, 0);
  assert.match(second.stdout, /^✓ .*a\.ipynb {2}3 cells {2}[\d.]+ s\n$/, "one line, and nothing more");
  assert.equal(second.stderr, "");
  assert.deepEqual(readStored(file), after);
  assert.equal(statSync(file).mtimeMs, mtimeMs);
});

test("check: a changed output is shown as a small diff, and the notebook is not changed", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeStored(folder, "b.ipynb", [
    { source: "for (const n of [1, 2, 3]) console.log(n)", outputs: [stdout("1\ntwo\n3\n")] },
  ]);
  const before = readFileSync(file, "utf8");
  const { code, stdout: printed } = await poolbook(["check", file]);
  assert.equal(code, 1);
  assert.match(printed, /stdout differs\n {8}1\n {6}- two\n {6}\+ 2\n {8}3\n/);
  assert.match(printed, /1 notebook: 1 different\n$/);
  assert.ok(!printed.includes("\u001b"));
  assert.equal(readFileSync(file, "utf8"), before);
});

test("check: a cell that throws fails the notebook, cells behind it did not run, and --update writes nothing", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeStored(folder, "c.ipynb", [
    { source: "console.log(1)" },
    { source: "throw new RangeError('too far')" },
    { source: "console.log(3)", outputs: [stdout("3\n")] },
  ]);
  const before = readFileSync(file, "utf8");
  const { code, stdout: printed } = await poolbook(["check", "--update", file]);
  assert.equal(code, 1);
  assert.match(printed, /1 failed/);
  assert.match(printed, /cell 2 \(cell-2\)\n.*\n {4}RangeError: too far/);
  assert.match(printed, /cell 3 did not run/);
  assert.match(printed, /nothing stored, since a cell failed/);
  assert.equal(readFileSync(file, "utf8"), before);
});

test("check: tags of ours and of nbval say what is run, what may raise, and what is compared", async (t) => {
  const folder = temporaryFolder(t);
  const error = {
    output_type: "error" as const,
    ename: "Error",
    evalue: "planned",
    traceback: ["elsewhere"],
  };
  const file = writeStored(folder, "d.ipynb", [
    { source: "throw new Error('planned')", outputs: [error], tags: ["raises-exception"] },
    { source: "throw new Error('planned')", outputs: [error], tags: ["nbval-raises-exception"] },
    { source: "// NBVAL_SKIP\nthrow new Error('never')", outputs: [stdout("kept\n")] },
    { source: "console.log(Math.random())", outputs: [stdout("0.5\n")], tags: ["check-skip"] },
    { source: "// NBVAL_IGNORE_OUTPUT\nconsole.log(Math.random())", outputs: [stdout("0.5\n")] },
    { source: "console.log('b\\na')", outputs: [stdout("a\nb\n")], tags: ["check-unordered"] },
  ]);
  const { code, stdout: printed } = await poolbook(["check", file]);
  assert.equal(code, 0, printed);
  assert.match(printed, /6 cells {2}2 not compared/);
});

test("check --lax compares cells tagged check-output only", async (t) => {
  const folder = temporaryFolder(t);
  const lax = (name: string, tags: string[]) =>
    writeStored(folder, name, [{ source: "console.log(1)", outputs: [stdout("2\n")], tags }]);
  const [free, checked] = [lax("free.ipynb", []), lax("checked.ipynb", ["check-output"])];
  const { code, stdout: printed } = await poolbook(["check", "--lax", free, checked]);
  assert.equal(code, 1);
  assert.match(printed, /– .*free\.ipynb {2}1 cell {2}1 not compared/);
  assert.match(printed, /✗ .*checked\.ipynb/);
});

test("check --retries names a notebook that is equal only on a retry", async (t) => {
  const folder = temporaryFolder(t);
  const source = [
    "import { existsSync, writeFileSync } from 'node:fs';",
    "const isFirst = !existsSync('mark');",
    "writeFileSync('mark', '');",
    "console.log(isFirst ? 'bad' : 'good');",
  ].join("\n");
  const file = writeStored(folder, "flaky.ipynb", [{ source, outputs: [stdout("good\n")] }]);
  const { code, stdout: printed } = await poolbook(["check", "--retries", "2", file]);
  assert.equal(code, 0, printed);
  assert.match(printed, /✓ .*flaky\.ipynb {2}1 cell {2}flaky: equal in attempt 2/);
  assert.match(printed, /1 notebook: 1 equal, flaky: .*flaky\.ipynb\n$/);
});

test("run, check and typecheck take a notebook whose kernelspec has null for a name by its language", async (t) => {
  const folder = temporaryFolder(t);
  const cells = [{ source: "console.log(1)", outputs: [stdout("1\n")] }];
  const file = writeStored(folder, "a.ipynb", cells, { kernelspec: { name: null, language: "typescript" } });
  for (const command of ["run", "check", "typecheck"]) {
    const { code, stderr } = await poolbook([command, file]);
    assert.equal(code, 0, `${command}: ${stderr}`);
  }
  const { code, stdout: found } = await poolbook(["format", file]);
  assert.equal(code, 1);
  assert.match(found, /metadata\.kernelspec\.name: expected a string, got `null`/);
});

test("check: what could not be run ends in exit code 2, and does not keep others from being checked", async (t) => {
  const folder = temporaryFolder(t);
  writeStored(folder, "a.ipynb", [{ source: "1", tags: ["check-unorderd"] }]);
  writeStored(folder, "b.ipynb", [{ source: "1" }], { kernelspec: { name: "nix", display_name: "Nix" } });
  writeStored(folder, "c.ipynb", [{ source: "console.log(1)", outputs: [stdout("1\n")] }]);
  writeFileSync(path.join(folder, "d.ipynb"), "{");
  const { code, stdout: printed, stderr } = await poolbook(["check", folder]);
  assert.equal(code, 2);
  assert.match(stderr, /a\.ipynb: cell 1 \(cell-1\): unknown tag `check-unorderd`; known: check-skip/);
  assert.match(stderr, /b\.ipynb: no kernel named "nix"/);
  assert.match(stderr, /d\.ipynb: not a notebook: not JSON/);
  assert.match(printed, /✓ .*c\.ipynb/);
  assert.match(printed, /4 notebooks: 1 equal, 3 not checked/);
});

test("check --update leaves a notebook alone that was saved while it was run", async (t) => {
  const folder = temporaryFolder(t);
  const source =
    "import { writeFileSync } from 'node:fs';\nwriteFileSync('a.ipynb', 'saved meanwhile');\nconsole.log(1)";
  const file = writeStored(folder, "a.ipynb", [{ source }]);
  const { code, stderr } = await poolbook(["check", "--update", file]);
  assert.equal(code, 2);
  assert.match(stderr, /a\.ipynb: changed while it was run; its outputs are not updated/);
  assert.equal(readFileSync(file, "utf8"), "saved meanwhile");
});

test("check takes the runner's options: parameters, and the cells to run", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeStored(folder, "a.ipynb", [
    { source: "const n = 1;", outputs: [], tags: ["parameters"] },
    { source: "console.log(n);", outputs: [stdout("2\n")] },
    { source: "throw new Error('not wanted')", outputs: [] },
  ]);
  assert.equal((await poolbook(["check", "-p", "n", "2", "--to", "3", file])).code, 0);
  const { code, stdout: printed } = await poolbook(["check", "-p", "n", "3", "--to", "3", file]);
  assert.equal(code, 1);
  assert.match(printed, /- 2\n {6}\+ 3\n/);
  const update = await poolbook(["check", "-p", "n", "3", "--update", file]);
  assert.equal(update.code, 2);
  assert.match(update.stderr, /--update stores what a notebook puts out by itself; it takes no parameters/);
});

test("check writes JUnit XML, a page and JSON, and annotates on GitHub", async (t) => {
  const folder = temporaryFolder(t);
  writeStored(folder, "a.ipynb", [{ source: "console.log('<b>')", outputs: [stdout("<a>\n")] }]);
  const [junit, html] = [
    path.join(folder, "reports", "junit.xml"),
    path.join(folder, "reports", "page.html"),
  ];
  mkdirSync(path.join(folder, "reports"));
  const args = ["check", folder, "--junit", junit, "--html", html, "--json"];
  const { code, stdout: printed, stderr } = await poolbook(args, { GITHUB_ACTIONS: "true" });
  assert.equal(code, 1);
  const { notebooks, totals } = JSON.parse(printed);
  assert.equal(totals.different, 1);
  assert.deepEqual(notebooks[0].cells[0].differences[0].lines, [
    { mark: "-", text: "<a>" },
    { mark: "+", text: "<b>" },
  ]);
  assert.match(readFileSync(junit, "utf8"), /<failure message="stdout differs" type="different">/);
  assert.match(readFileSync(html, "utf8"), /&lt;b&gt;/);
  assert.match(stderr, /::error file=.*a\.ipynb,title=cell 1 \(cell-1\)::stdout differs%0A-<a>%0A\+<b>/);
});
