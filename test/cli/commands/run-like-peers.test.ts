import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { writeNotebook } from "../../helpers/notebook.js";
import { poolbook } from "../../helpers/poolbook.js";
import { readStored } from "../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const cells = ["console.log('out')", "console.error('err')", "throw new RangeError('<far>')", "1"];

test("run writes JUnit XML, a page, lines of JSON, and what cells print, and annotates on GitHub", async (t) => {
  const folder = temporaryFolder(t);
  const file = (name: string) => path.join(folder, name);
  const reports = ["--junit", file("j.xml"), "--html", file("h.html"), "--events", file("events")];
  const streams = ["--stdout-file", file("out"), "--stderr-file", file("err")];
  const notebook = writeNotebook(folder, "n.ipynb", cells);
  const { code, stdout } = await poolbook(["run", notebook, ...reports, ...streams], { GITHUB_ACTIONS: "1" });
  assert.equal(code, 1);
  const junit = readFileSync(file("j.xml"), "utf8");
  assert.match(junit, /<testsuites name="poolbook run" tests="4" failures="0" errors="2"/);
  assert.match(
    junit,
    /<testcase name="cell 1 \(cell-1\)".*<property name="peak memory in bytes" value="\d+"\/>/,
  );
  assert.match(junit, /<error message="RangeError: &lt;far&gt;" type="failed">/);
  assert.match(readFileSync(file("h.html"), "utf8"), /<td>\d+ MiB<\/td>/);
  assert.match(stdout, /::error file=.*n\.ipynb,title=cell 3 \(cell-3\)::RangeError: <far>/);
  assert.deepEqual(
    ["out", "err"].map((name) => readFileSync(file(name), "utf8")),
    ["out\n", "err\n"],
  );
  const events = readFileSync(file("events"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const started = (number: number) =>
    ["cell-started", "output", "cell-ended"].map((event) => [event, number]);
  assert.deepEqual(
    events.map(({ event, index, id }) => [event, index ?? (id ? Number(id.slice(5)) - 1 : undefined)]),
    [
      ["kernel-starting", undefined],
      ...started(0),
      ...started(1),
      ...started(2),
      ["notebook-ended", undefined],
    ],
  );
  assert.equal(events.at(-1).status, "failed");
});

test("run understands papermill's and jupyter execute's words, and says which mean nothing here", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", [
    { source: "const timeout = 1;", tags: ["parameters"] },
    "console.log(timeout, PAPERMILL_INPUT_PATH.endsWith('n.ipynb'))",
  ]);
  const out = path.join(folder, "out.ipynb");
  const words = ["--execution-timeout=20", "--start_timeout", "30", "--no-progress-bar", "--report-mode"];
  const { code, stderr } = await poolbook([
    "run",
    notebook,
    out,
    ...words,
    ...["--inject-input-path", "--autosave-cell-every", "1", "-p", "timeout", "7"],
  ]);
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "--no-progress-bar changes nothing here\n");
  const { cells } = readStored(out);
  assert.deepEqual((cells[2] as { outputs?: { text: string[] }[] })?.outputs?.[0]?.text, ["7 true\n"]);
  assert.ok(cells.every(({ metadata }) => (metadata.jupyter as { source_hidden: boolean }).source_hidden));
});

const endless = "await new Promise(() => setInterval(() => {}, 1000))";

test("run --continue-after-timeout goes on, and still exits 1", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [endless, "console.log('after')"]);
  const args = ["run", notebook, "--cell-timeout", "1", "--log-output"];
  const stopped = await poolbook(args);
  assert.equal(stopped.code, 1);
  assert.doesNotMatch(stopped.stdout, /^ +after$/m);
  const { code, stdout } = await poolbook([...args, "--continue-after-timeout"]);
  assert.equal(code, 1);
  assert.match(stdout, /^ +after$/m);
});

test("a notebook's own limit holds in CI, too; 0 is no limit", async (t) => {
  const folder = temporaryFolder(t);
  const metadata = { kernelspec: { name: "tslab" }, execution: { timeout: 1 } };
  const notebook = writeNotebook(folder, "n.ipynb", [endless], metadata);
  const limited = await poolbook(["run", notebook], { CI: "true" });
  assert.match(limited.stdout, /the cell took longer than 1\.0 s/);
  const short = writeNotebook(
    folder,
    "m.ipynb",
    ["await new Promise((done) => setTimeout(done, 1500))"],
    metadata,
  );
  assert.equal((await poolbook(["run", short, "--cell-timeout", "0"])).code, 0);
});

test("run --retries runs a notebook that failed again, and tells of it", async (t) => {
  const folder = temporaryFolder(t);
  const once =
    "import { existsSync, writeFileSync } from 'node:fs';\nif (!existsSync('flag')) { writeFileSync('flag', ''); throw new Error('first'); }";
  const notebook = writeNotebook(folder, "n.ipynb", [once]);
  const junit = path.join(folder, "j.xml");
  const { code, stdout } = await poolbook(["run", notebook, "--retries", "2", "--junit", junit]);
  assert.equal(code, 0);
  assert.match(stdout, /attempt 1 failed, cell 1 \(cell-1\): Error: first; it is run again\n✓ .*attempt 2/);
  assert.match(readFileSync(junit, "utf8"), /<property name="flaky" value="attempt 2"\/>/);
});

test("run --shard runs every n-th notebook", async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ["a", "b", "c"]) {
    writeNotebook(folder, `${name}.ipynb`, []);
  }
  const { stdout } = await poolbook(["run", folder, "--shard", "1/2"]);
  assert.match(stdout, /a\.ipynb[\s\S]*c\.ipynb[\s\S]*2 notebooks: 2 passed/);
});
