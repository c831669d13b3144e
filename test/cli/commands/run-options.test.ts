import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";
import { type CellOf, kernels, writeNotebook } from "../../helpers/notebook.js";
import { finished, poolbook, startPoolbook } from "../../helpers/poolbook.js";
import { usePythonEnvironment } from "../../helpers/python-environment.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

before(usePythonEnvironment);

const parameters = {
  tslab: {
    cells: [
      { source: "const workers: number = 2; // how many\nlet names = ['a'];", tags: ["parameters"] },
      "console.log(workers + 1, names.length)",
    ],
    injected: '// Parameters\nlet names: string[] = ["x", "y"];\nconst workers: number = 3;',
    declared: /^workers: number = 2 {2}\(how many\)\nnames: string\[\] = \['a'\]\n$/,
  },
  python3: {
    cells: [
      { source: "workers: int = 2  # how many\nnames = ['a']", tags: ["parameters"] },
      "print(workers + 1, len(names))",
    ],
    injected: '# Parameters\nnames = ["x", "y"]\nworkers = 3',
    declared: /^workers: int = 2 {2}\(how many\)\nnames = \['a'\]\n$/,
  },
};

for (const kernel of ["tslab", "python3"] as const) {
  const { cells, injected, declared } = parameters[kernel];
  describe(`run -p with ${kernel}`, () => {
    const write = (folder: string) =>
      writeNotebook(folder, "n.ipynb", cells as CellOf[], { kernelspec: kernels[kernel] });

    test("sets parameters, and sets them anew on the next run", async (t) => {
      const folder = temporaryFolder(t);
      const notebook = write(folder);
      const first = path.join(folder, "first.ipynb");
      const names = ["-y", "names: [x, y]"];
      const { code, stderr } = await poolbook(["run", "-p", "workers", "7", ...names, notebook, "-o", first]);
      assert.equal(code, 0, stderr);
      const second = path.join(folder, "second.ipynb");
      await poolbook([
        "run",
        first,
        "-o",
        second,
        "-r",
        "unused",
        "x",
        "-p",
        "workers",
        "3",
        ...names,
        "--allow-unknown",
      ]);
      const executed = JSON.parse(readFileSync(second, "utf8")).cells;
      assert.equal(executed.length, 3);
      assert.deepEqual(executed[1].metadata.tags, ["injected-parameters"]);
      assert.ok([executed[1].source].flat().join("").startsWith(injected), executed[1].source);
      assert.equal(executed[2].outputs[0].text[0], "4 2\n");
    });

    test("refuses a parameter that the notebook does not declare", async (t) => {
      const { code, stderr } = await poolbook(["run", write(temporaryFolder(t)), "-p", "wrokers", "3"]);
      assert.equal(code, 2);
      assert.match(stderr, /does not declare the parameter wrokers; declared: workers, names/);
    });

    test("inspect lists what is declared", async (t) => {
      const { code, stdout } = await poolbook(["inspect", write(temporaryFolder(t))]);
      assert.equal(code, 0);
      assert.match(stdout, declared);
    });
  });
}

test("run refuses a value of the wrong type before any other cell runs", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [
    { source: "const workers: number = 2;", tags: ["parameters"] },
    "console.log('never')",
  ]);
  const { code, stdout } = await poolbook(["run", notebook, "-p", "workers", "many", "--log-output"]);
  assert.equal(code, 1);
  assert.match(stdout, /Type 'string' is not assignable to type 'number'/);
  assert.doesNotMatch(stdout, /^ *never/m);
});

test("run takes parameters from YAML, JSON and base64, in papermill's order of precedence", async (t) => {
  const folder = temporaryFolder(t);
  const names = ["a", "b", "c", "d", "e"];
  const notebook = writeNotebook(folder, "n.ipynb", [
    { source: names.map((name) => `let ${name}: unknown = 0;`).join("\n"), tags: ["parameters"] },
    "console.log(JSON.stringify([a, b, c, d, e]))",
  ]);
  const file = path.join(folder, "values.json");
  writeFileSync(file, '{"b": "file", "c": "file", "d": "file", "e": "file"}');
  const base64 = Buffer.from("{a: base64, b: base64, c: base64, d: base64, e: base64}").toString("base64");
  const { stdout } = await poolbook([
    ...["run", notebook, "--log-output", "-r", "e", "1", "-p", "d", "1", "-p", "e", "2"],
    ...["-y", "{c: yaml, d: yaml, e: yaml}", "-f", file, "-b", base64],
  ]);
  assert.match(stdout, /\["base64","file","yaml",1,"1"\]/);
});

test("run reads a notebook from stdin and writes it to stdout, and nothing else there", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", ["console.log('hello')"]);
  const child = startPoolbook(["run", "-", "-o", "-"], {}, "pipe");
  child.stdin?.end(readFileSync(notebook));
  const { code, stdout, stderr } = await finished(child);
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout).cells[0].outputs[0].text, ["hello\n"]);
  assert.match(stderr, /1 notebook: 1 passed/);
});

test("run --prepare-only injects and runs nothing; --inplace writes over the source", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [
    { source: "let n = 1;", tags: ["parameters"] },
    "console.log(n)",
  ]);
  const read = () => JSON.parse(readFileSync(notebook, "utf8")).cells;
  assert.equal((await poolbook(["run", notebook, "--inplace", "--prepare-only", "-p", "n", "5"])).code, 0);
  assert.deepEqual([read().length, read()[2].outputs], [3, []]);
  assert.equal((await poolbook(["run", notebook, "--inplace"])).code, 0);
  assert.deepEqual(read()[2].outputs[0].text, ["5\n"]);
});

test("run --allow-errors exits 1 all the same, and 0 with --exit-zero", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [
    "throw new Error('no')",
    "console.log('after')",
  ]);
  const { code, stdout } = await poolbook(["run", notebook, "--allow-errors", "--log-output"]);
  assert.equal(code, 1);
  assert.match(stdout, /after/);
  assert.equal((await poolbook(["run", notebook, "--allow-errors", "--exit-zero"])).code, 0);
});

test("run --json prints the results, --quiet nothing when all is well", async (t) => {
  const folder = temporaryFolder(t);
  const fine = writeNotebook(folder, "a.ipynb", ["1 + 1"]);
  const broken = path.join(folder, "b.ipynb");
  writeFileSync(broken, "{");
  const { stdout, code } = await poolbook(["run", folder, "--json"]);
  assert.equal(code, 2);
  const { notebooks } = JSON.parse(stdout);
  assert.deepEqual(
    notebooks.map(({ status }: { status: string }) => status),
    ["ok", "not-run"],
  );
  assert.equal(notebooks[0].cells[0].status, "ok");
  assert.match(notebooks[1].problem, /not JSON/);
  const quiet = await poolbook(["run", fine, "--quiet"]);
  assert.deepEqual([quiet.code, quiet.stdout, quiet.stderr], [0, "", ""]);
});

test("run marks a failed run in the notebook, with banners and papermill's keys when asked", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["1", "throw new RangeError('<far>')", "2"]);
  const output = path.join(folder, "out.ipynb");
  await poolbook(["run", notebook, "-o", output, "--error-cell", "--papermill-metadata"]);
  const { cells, metadata } = JSON.parse(readFileSync(output, "utf8"));
  assert.equal(metadata.poolbook.status, "failed");
  assert.equal(metadata.papermill.exception, true);
  assert.equal(metadata.papermill.input_path, notebook);
  const tags = cells.map(({ metadata }: { metadata: { tags?: string[] } }) => metadata.tags?.[0] ?? "");
  assert.deepEqual(tags, ["papermill-error-cell-tag", "", "papermill-error-cell-tag", "", ""]);
  assert.match([cells[2].source].flat().join(""), /RangeError: &lt;far&gt;/);
  assert.deepEqual(
    [1, 3, 4].map((index) => [
      cells[index].metadata.poolbook?.status,
      cells[index].metadata.papermill.status,
    ]),
    [
      [undefined, "completed"],
      ["failed", "failed"],
      ["not-run", "pending"],
    ],
  );
  const again = path.join(folder, "again.ipynb");
  await poolbook(["run", output, "-o", again, "--to", "2"]);
  assert.equal(JSON.parse(readFileSync(again, "utf8")).cells.length, 3);
});

test("run -j runs many notebooks at a time, each with its own lines together", async (t) => {
  const folder = temporaryFolder(t);
  for (let i = 0; i < 8; i++) {
    writeNotebook(folder, `n${i}.ipynb`, [`console.log("notebook ${i}")`, "1"]);
  }
  const { code, stdout } = await poolbook(["run", folder, "-j", "4", "--log-output"]);
  assert.equal(code, 0, stdout);
  for (let i = 0; i < 8; i++) {
    assert.match(stdout, new RegExp(`n${i}\\.ipynb\n {4}notebook ${i}\n {4}1\n✓ .*n${i}\\.ipynb {2}2 cells`));
  }
  assert.match(stdout, /8 notebooks: 8 passed/);
});

test("run -j 2 runs a notebook that asks for it while nothing else runs", async (t) => {
  const folder = temporaryFolder(t);
  const log = path.join(folder, "log.txt");
  const source = (name: string) =>
    [
      'import { appendFileSync } from "node:fs";',
      `appendFileSync(${JSON.stringify(log)}, "${name} begins\\n");`,
      "await new Promise((resolve) => setTimeout(resolve, 500));",
      `appendFileSync(${JSON.stringify(log)}, "${name} ends\\n");`,
    ].join("\n");
  writeNotebook(folder, "a.ipynb", [source("a")]);
  writeNotebook(folder, "b.ipynb", [source("b")], { kernelspec: kernels.tslab, poolbook: { serial: true } });
  writeNotebook(folder, "c.ipynb", [source("c")]);
  assert.equal((await poolbook(["run", folder, "-j", "3"])).code, 0);
  const lines = readFileSync(log, "utf8").trim().split("\n");
  assert.deepEqual(lines, ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("run refuses options that contradict each other", async (t) => {
  const folder = temporaryFolder(t);
  const notebook = writeNotebook(folder, "n.ipynb", ["1"]);
  for (const [args, problem] of [
    [["--inplace", "-o", "x.ipynb"], /exclude each other/],
    [["-o", notebook], /would be written over/],
    [["--prepare-only"], /--prepare-only needs an output/],
    [["--token-env", "X"], /--token-env needs --server-url/],
    [["--server-url", "http://localhost/?token=secret"], /without token/],
    [["-k", "nix"], /no kernel named "nix"/],
    [["-f", path.join(folder, "none.yaml")], /none\.yaml: no such file/],
    [["-y", "a: [1"], /not YAML/],
  ] as [string[], RegExp][]) {
    const { code, stderr } = await poolbook(["run", notebook, ...args]);
    assert.equal(code, 2, args.join(" "));
    assert.match(stderr, problem);
    assert.doesNotMatch(stderr, /secret/);
  }
});
