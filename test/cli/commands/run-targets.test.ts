import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { kernels, writeNotebook } from "../../helpers/notebook.js";
import { stdout as stored } from "../../helpers/notebook-value.js";
import { finished, poolbook, startPoolbook } from "../../helpers/poolbook.js";
import { readStored, writeStored } from "../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

test("run -o into a device and a pipe writes there, and they stay what they are", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["1 + 1"]);
  assert.equal((await poolbook(["run", notebook, "-o", "/dev/null"])).code, 0);
  assert.ok(statSync("/dev/null").isCharacterDevice());
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const run = poolbook(["run", notebook, "-o", pipe]);
  const read = execFileSync("cat", [pipe], { encoding: "utf8" });
  assert.equal((await run).code, 0);
  assert.equal(JSON.parse(read).cells[0].outputs[0].data["text/plain"][0], "2");
  assert.ok(lstatSync(pipe).isFIFO());
});

for (const args of [["-o", "/dev/full"], ["-o", "-"], ["--json"]]) {
  test(`run ${args.join(" ")} with nowhere to write ends with one sentence and exit code 2`, async (t) => {
    const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", ["1 + 1"]);
    const child = startPoolbook(
      ["run", notebook, ...args, "--quiet"],
      {},
      "ignore",
      openSync("/dev/full", "w"),
    );
    const { code, stderr } = await finished(child);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /no space left/);
    assert.doesNotMatch(stderr, /\n +at /);
  });
}

test("what a full disk takes only a part of is not taken for written, and keeps the old file", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["console.log('x'.repeat(300_000))"]);
  const before = readFileSync(notebook, "utf8");
  const bin = fileURLToPath(import.meta.resolve("#dist/cli/bin.js"));
  for (const target of [
    "-o - > stdout",
    "--inplace",
    "-o out.ipynb",
    "--stdout-file out.txt",
    "--events out.txt",
  ]) {
    const command = `ulimit -f 50; exec "${process.execPath}" "${bin}" run n.ipynb ${target}`;
    const { status, stderr } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
    assert.equal(status, 2, `${target}: ${stderr}`);
    assert.match(stderr, /too large/);
    assert.doesNotMatch(stderr, /\n +at /);
    assert.equal(readFileSync(notebook, "utf8"), before);
  }
  assert.ok(!existsSync(path.join(folder, "out.ipynb")));
});

test("run --inplace and check --update write through a link", async (t) => {
  const folder = temporaryFolder(t);
  const link = path.join(folder, "link.ipynb");
  writeNotebook(folder, "n.ipynb", ["1 + 1"]);
  symlinkSync("n.ipynb", link);
  assert.equal((await poolbook(["run", link, "--inplace"])).code, 0);
  assert.equal(readlinkSync(link), "n.ipynb");
  assert.match(readFileSync(path.join(folder, "n.ipynb"), "utf8"), /"text\/plain"/);

  const file = writeStored(folder, "s.ipynb", [{ source: "console.log(1)", outputs: [stored("2\n")] }]);
  const other = path.join(folder, "other.ipynb");
  symlinkSync("s.ipynb", other);
  assert.equal((await poolbook(["check", other, "--update"])).code, 0);
  assert.equal(readlinkSync(other), "s.ipynb");
  assert.deepEqual(readStored(file).cells[0]?.outputs, [{ ...stored("1\n"), text: ["1\n"] }]);
});

test("run --inplace leaves a file that was changed meanwhile, and saves beside it", async (t) => {
  const folder = temporaryFolder(t);
  const change = 'require("node:fs").appendFileSync("n.ipynb", "\\n\\n")';
  const file = writeNotebook(folder, "n.ipynb", [change, "1 + 1"]);
  const before = readFileSync(file, "utf8");
  for (const beside of ["n.executed.ipynb", "n.executed-2.ipynb"]) {
    const { code, stderr } = await poolbook(["run", file, "--inplace"]);
    assert.equal(code, 2);
    assert.match(stderr, /n\.ipynb was changed while its notebook was run, and is left so/);
    assert.match(stderr, new RegExp(`/${beside}$`, "m"));
    assert.equal(readFileSync(file, "utf8").trimEnd(), before.trimEnd());
    const executed = readStored(path.join(folder, beside));
    assert.match(JSON.stringify(executed.cells[1]?.outputs), /execute_result/);
  }
});

test("run --inplace takes a notebook that is changed before its turn as it then is", async (t) => {
  const folder = temporaryFolder(t);
  const later = path.join(folder, "later.ipynb");
  const change = `const file = ${JSON.stringify(later)}; const fs = require("node:fs");
await new Promise((resolve) => setTimeout(resolve, 1500));
fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll("1 + 1", "40 + 2"));`;
  const first = writeNotebook(folder, "first.ipynb", [change]);
  for (const serial of [false, true]) {
    writeNotebook(folder, "later.ipynb", ["1 + 1"], { kernelspec: kernels.tslab, poolbook: { serial } });
    const { code, stderr } = await poolbook(["run", first, later, "--inplace", "-j", "1"]);
    assert.equal(code, 0, stderr);
    const [cell] = readStored(later).cells;
    assert.equal(cell?.source, "40 + 2");
    assert.match(JSON.stringify(cell?.outputs), /"42"/);
    assert.deepEqual(readdirSync(folder).sort(), ["first.ipynb", "later.ipynb"]);
  }
});

test("run --inplace says that the file was changed meanwhile when it is stopped, too", async (t) => {
  const folder = temporaryFolder(t);
  const change = 'require("node:fs").appendFileSync("n.ipynb", "\\n"); process.kill(process.ppid, "SIGINT");';
  const file = writeNotebook(folder, "n.ipynb", [`${change} await new Promise(() => {})`]);
  const { code, stderr } = await poolbook(["run", file, "--inplace"]);
  assert.equal(code, 130);
  assert.match(
    stderr,
    /n\.ipynb was changed while its notebook was run, and is left so; the executed notebook is .*n\.executed\.ipynb/,
  );
});

test("run refuses to write over its own source by way of a link, and into a folder, before anything is run", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["process.exit(7)"]);
  symlinkSync("n.ipynb", path.join(folder, "link.ipynb"));
  linkSync(notebook, path.join(folder, "hard.ipynb"));
  symlinkSync(".", path.join(folder, "out"));
  const others = ["link.ipynb", "hard.ipynb", "out/n.ipynb", "out/hard.ipynb"].map((name) =>
    path.join(folder, name),
  );
  for (const target of [...others.map((file) => ["-o", file]), ["--output-dir", path.join(folder, "out")]]) {
    const over = await poolbook(["run", notebook, ...target]);
    assert.equal(over.code, 2);
    assert.match(over.stderr, /would be written over a notebook that is to be run/);
  }
  const into = await poolbook(["run", notebook, "-o", folder]);
  assert.equal(into.code, 2);
  assert.match(into.stderr, /is a folder, not a file/);
});

test("no report is written over a notebook or another report, and nothing is exported over its source", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["process.exit(7)"]);
  const before = readFileSync(notebook, "utf8");
  const hard = path.join(folder, "hard.ipynb");
  linkSync(notebook, hard);
  const out = path.join(folder, "out");
  const cases: [args: string[], sentence: RegExp][] = [
    [["run", notebook, "--junit", hard], /--junit: .*hard\.ipynb is a notebook of this run/],
    [["run", notebook, "-o", out, "--stdout-file", out], /--stdout-file: .*out is a notebook of this run/],
    [
      ["run", notebook, "--stdout-file", out, "--stderr-file", out],
      /--stdout-file and --stderr-file would both/,
    ],
    [["check", notebook, "--html", notebook], /--html: .*n\.ipynb is a notebook of this run/],
    [["typecheck", notebook, "--summary", notebook], /--summary: .*n\.ipynb is a notebook of this run/],
    [["export", notebook, "--to", "ts", "-o", hard], /hard\.ipynb is the file that is to be converted/],
  ];
  for (const [args, sentence] of cases) {
    const { code, stderr } = await poolbook(args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, sentence);
    assert.equal(readFileSync(notebook, "utf8"), before);
  }
  assert.deepEqual(readdirSync(folder).sort(), ["hard.ipynb", "n.ipynb"]);
});

for (const [command, option, place] of [
  ["check", "--junit", "none/x.xml"],
  ["check", "--html", "none/x.html"],
  ["check", "--junit", "."],
  ["check", "--summary", "none/x.md"],
  ["check", "--events", "none/x.jsonl"],
  ["run", "--events", "none/x.jsonl"],
  ["run", "--stdout-file", "none/x.txt"],
  ["run", "--stderr-file", "."],
] as const) {
  test(`${command} ${option} ${place} is an error before anything is run, and makes nothing`, async (t) => {
    const folder = temporaryFolder(t);
    const notebook = writeNotebook(folder, "n.ipynb", ["process.exit(7)"]);
    const { code, stderr, stdout } = await poolbook([command, notebook, option, path.join(folder, place)]);
    assert.equal(code, 2);
    assert.match(stderr, /^poolbook: --[a-z-]+: .*folder/);
    assert.equal(stdout, "");
    assert.deepEqual(readdirSync(folder), ["n.ipynb"]);
  });
}

test("run IN OUT writes to OUT when it is new, and again when it was made of IN", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "in.ipynb", ["1 + 1"]);
  const out = path.join(folder, "made", "out.ipynb");
  const source = readFileSync(notebook, "utf8");
  for (const run of ["first", "second"]) {
    const { code, stderr } = await poolbook(["run", notebook, out]);
    assert.equal(code, 0, `${run}: ${stderr}`);
  }
  assert.equal(readFileSync(notebook, "utf8"), source);
  assert.deepEqual(readStored(out).metadata.poolbook, { status: "ok", input: "../in.ipynb" });
});

test("run IN OUT takes what papermill made of IN for OUT", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "in.ipynb", ["1 + 1"]);
  const out = writeNotebook(folder, "out.ipynb", ["1 + 1"], {
    papermill: { input_path: "elsewhere/in.ipynb", output_path: "elsewhere/out.ipynb" },
  });
  assert.equal((await poolbook(["run", notebook, out])).code, 0);
  assert.match(readFileSync(out, "utf8"), /"text\/plain"/);
});

test("run with two notebooks that both exist asks which is meant, and runs neither", async (t) => {
  const folder = temporaryFolder(t);
  const [one, two] = ["one.ipynb", "two.ipynb"].map((name) => writeNotebook(folder, name, ["1"]));
  const { code, stderr } = await poolbook(["run", one ?? "", two ?? ""]);
  assert.equal(code, 2);
  assert.match(stderr, /both exist: -o .*two\.ipynb writes there .*--output-dir or --inplace run both/);
  const both = await poolbook(["run", one ?? "", two ?? "", "--output-dir", path.join(folder, "out")]);
  assert.equal(both.code, 0);
  assert.equal(readdirSync(path.join(folder, "out")).length, 2);
});

test("{name} in paths is the value of a parameter; an unknown one is an error", async (t) => {
  const folder = temporaryFolder(t);
  writeNotebook(folder, "in-2026.ipynb", [{ source: "const year = 1;", tags: ["parameters"] }]);
  const out = path.join(folder, "out-{year}-{pm.run_uuid}.ipynb");
  const { code, stderr } = await poolbook([
    "run",
    path.join(folder, "in-{year}.ipynb"),
    out,
    "-p",
    "year",
    "2026",
  ]);
  assert.equal(code, 0, stderr);
  assert.equal(readdirSync(folder).filter((name) => /^out-2026-[\da-f-]{36}\.ipynb$/.test(name)).length, 1);
  const wrong = await poolbook([
    "run",
    path.join(folder, "in-2026.ipynb"),
    "-o",
    path.join(folder, "{yaer}.ipynb"),
  ]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /expected a parameter called yaer/);
});

test("a notebook without code is fine without a kernel, and is saved", async (t) => {
  const folder = temporaryFolder(t);
  const cells = [
    { cell_type: "markdown", metadata: {}, source: "# Title" },
    { cell_type: "code", metadata: {}, source: " ", outputs: [], execution_count: null },
  ];
  const file = path.join(folder, "n.ipynb");
  writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells }));
  const out = path.join(folder, "out.ipynb");
  assert.equal((await poolbook(["run", file, "-o", out])).code, 0);
  assert.ok(existsSync(out));
  const { code, stdout } = await poolbook(["check", file]);
  assert.equal(code, 0);
  assert.match(stdout, /^– .*n\.ipynb {2}1 cell/);
});

test("run says what a source is that is no notebook", async (t) => {
  const file = path.join(temporaryFolder(t), "helper.ts");
  writeFileSync(file, "export const n = 1;\n");
  const { code, stderr } = await poolbook(["run", file]);
  assert.equal(code, 2);
  assert.match(stderr, /helper\.ts: not a notebook, but TypeScript/);
});

test("run tells of a report that cannot be written when all is run, and writes the others", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["console.log('hello')"]);
  for (const option of ["--junit", "--summary", "--events", "--stdout-file"]) {
    const html = path.join(folder, `${option}.html`);
    const { code, stdout, stderr } = await poolbook([
      "run",
      notebook,
      option,
      "/dev/full",
      "--html",
      html,
      "--json",
    ]);
    assert.equal(code, 2, option);
    assert.equal(stderr.split("\n").at(-2), "poolbook: /dev/full: no space left on the disk", option);
    assert.equal(JSON.parse(stdout).notebooks[0].status, "ok", option);
    assert.ok(existsSync(html), option);
  }
});

test("a report goes to stdout alone, and what the command tells to stderr", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["1"]);
  const starts = { "--junit": "<?xml ", "--html": "<!doctype html>", "--summary": "## poolbook " };
  for (const command of [["run", "-o", path.join(folder, "out.ipynb")], ["check"], ["typecheck"]]) {
    for (const [option, start] of Object.entries(starts)) {
      const { code, stdout, stderr } = await poolbook([...command, notebook, option, "-"]);
      assert.equal(code, 0, stderr);
      assert.ok(stdout.startsWith(start), stdout);
      assert.doesNotMatch(stdout, /^. \S*n\.ipynb {2}/m);
      assert.match(stderr, /^. \S*n\.ipynb {2}/m);
    }
  }
});

test("run --stdout-file - prints what cells print, and nothing else, to stdout; two things are refused there", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", ["console.log('hello')"]);
  const { code, stdout } = await poolbook(["run", notebook, "--stdout-file", "-"]);
  assert.deepEqual([code, stdout], [0, "hello\n"]);
  for (const [one, other] of [
    [["-o", "-"], ["--json"]],
    [["--events", "-"], ["--json"]],
    [["-"], ["--json"]],
    [["--junit", "-"], ["--json"]],
    [
      ["--html", "-"],
      ["--summary", "-"],
    ],
    [
      ["-o", "-"],
      ["--stdout-file", "-"],
    ],
  ] as const) {
    const both = await poolbook(["run", notebook, ...one, ...other]);
    assert.equal(both.code, 2);
    assert.match(both.stderr, /^poolbook: --[a-z-]+ and --[a-z-]+ would both be written to stdout$/m);
  }
});
