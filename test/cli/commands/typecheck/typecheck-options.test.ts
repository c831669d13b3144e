import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { kernels, writeNotebook } from "../../../helpers/notebook.js";
import { poolbook } from "../../../helpers/poolbook.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const bad = "const a: string = 1;";

/** What `poolbook typecheck` does with the arguments, without earlier verdicts. */
const typecheck = (...args: string[]) => poolbook(["typecheck", "--no-cache", ...args]);
const checked = (stdout: string) => [...stdout.matchAll(/^[✓✗–] .*?(\w+)\.ipynb/gm)].map(([, name]) => name);

test("typecheck --changed-since takes what has changed, what imports it, and all when options have", async (t) => {
  const folder = temporaryFolder(t);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      cwd: folder,
      stdio: "pipe",
    });
  writeFileSync(path.join(folder, "util.ts"), "export const a = 1;\n");
  const aliased = { compilerOptions: { paths: { "@/*": ["./*"] } } };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(aliased));
  writeNotebook(folder, "alone.ipynb", ["import 'node:fs'; import 'path';"]);
  writeNotebook(folder, "alias.ipynb", ["import { a } from '@/util';\na.toFixed();"]);
  writeNotebook(folder, "direct.ipynb", ["import { a } from './util.js';\na.toFixed();"]);
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "start");
  const changed = async () => checked((await typecheck("--changed-since", "HEAD", folder)).stdout);
  assert.deepEqual(await changed(), []);
  writeFileSync(path.join(folder, "util.ts"), "export const a = 'one';\n");
  const { code, stdout } = await typecheck("--changed-since", "HEAD", folder);
  assert.equal(code, 1);
  assert.match(stdout, /2 of 3 notebooks may have changed since HEAD/);
  assert.deepEqual(checked(stdout), ["alias", "direct"]);
  git("commit", "-qam", "util");
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ ...aliased, files: [] }));
  assert.deepEqual(await changed(), ["alias", "alone", "direct"]);
});

test("typecheck --shard i/n checks every n-th notebook, from the i-th on", async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ["a", "b", "c"]) {
    writeNotebook(folder, `${name}.ipynb`, ["1"]);
  }
  assert.deepEqual(checked((await typecheck("--shard", "1/2", folder)).stdout), ["a", "c"]);
  assert.deepEqual(checked((await typecheck("--shard", "2/2", folder)).stdout), ["b"]);
});

test("typecheck -p checks the parameters that it puts in, and refuses those that nothing declares", async (t) => {
  const folder = temporaryFolder(t);
  const cells = [{ source: "let workers: number = 5;", tags: ["parameters"] }, "workers.toFixed();"];
  const file = writeNotebook(folder, "a.ipynb", cells);
  assert.equal((await typecheck("-p", "workers", "4", file)).code, 0);
  const wrong = await typecheck("-p", "workers", "four", file);
  assert.equal(wrong.code, 1);
  assert.ok(wrong.stdout.includes(`${file}:injected-parameters:2:5 - error TS2322`), wrong.stdout);
  const unknown = await typecheck("-p", "wrokers", "4", file);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /wrokers/);
  assert.equal((await typecheck("-p", "wrokers", "4", "--allow-unknown", file)).code, 0);
});

test("typecheck --json gives places, codes and expectations; --html a page", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeNotebook(folder, "a.ipynb", ["1", `// @errors: 2322\n${bad}`, bad]);
  const page = path.join(folder, "types.html");
  const { code, stdout } = await typecheck("--json", "--html", page, file);
  assert.equal(code, 1);
  const { notebooks } = JSON.parse(stdout);
  const found = notebooks[0].cells.map(({ id, status, diagnostics }: Record<string, unknown>) => [
    id,
    status,
    Array.isArray(diagnostics) ? diagnostics.map((each) => [each.code, each.location, each.isExpected]) : [],
  ]);
  assert.deepEqual(found, [
    ["cell-1", "well-typed", []],
    ["cell-2", "well-typed", [[2322, `${file}:cell_2:2:7`, true]]],
    ["cell-3", "ill-typed", [[2322, `${file}:cell_3:1:7`, false]]],
  ]);
  const html = readFileSync(page, "utf8");
  assert.ok(html.includes("cell_3:1:7"), html);
  assert.ok(!html.includes("cell_2:2:7"), html);
});

test("typecheck --emit keeps folders apart, and writes nothing for other kernels", async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, "deep"));
  writeNotebook(folder, "a.ipynb", ["const a = 1;"]);
  writeNotebook(path.join(folder, "deep"), "a.ipynb", ["const b = 1;"]);
  writeNotebook(folder, "python.ipynb", ["print(1)"], { kernelspec: kernels.python3 });
  const out = path.join(folder, "out");
  await typecheck("--emit", out, folder);
  assert.match(readFileSync(path.join(out, "a.ts"), "utf8"), /const a = 1/);
  assert.match(readFileSync(path.join(out, "deep", "a.ts"), "utf8"), /const b = 1/);
  assert.equal(existsSync(path.join(out, "python.ts")), false);
});

test("typecheck --emit says when there can be no such folder, before it checks anything", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeNotebook(folder, "a.ipynb", ["1"]);
  const { code, stdout, stderr } = await typecheck("--emit", file, file);
  assert.deepEqual([code, stdout, stderr], [2, "", `poolbook: --emit ${file}: is a file, not a folder\n`]);
});

const unreadable: [name: string, tsconfig: string, problem: RegExp][] = [
  ["is no JSON", '{ "compilerOptions": { strict }', /tsconfig\.json:1:\d+ - error TS1005/],
  [
    "extends what is not there",
    '{ "extends": "./nowhere.json" }',
    /error TS5083: Cannot read file '.*nowhere\.json'/,
  ],
  [
    "has a wrong value",
    '{ "compilerOptions": { "strict": "yes" } }',
    /error TS5024: Compiler option 'strict' requires/,
  ],
];

for (const [name, tsconfig, problem] of unreadable) {
  test(`typecheck checks nothing under a tsconfig.json that ${name}, and says so`, async (t) => {
    const folder = temporaryFolder(t);
    writeNotebook(folder, "a.ipynb", ["1"]);
    writeFileSync(path.join(folder, "tsconfig.json"), tsconfig);
    const { code, stderr } = await typecheck(folder);
    assert.equal(code, 2);
    assert.match(stderr, problem);
    writeFileSync(
      path.join(folder, "tsconfig.json"),
      '{ "compilerOptions": { "notYetKnown": 1 }, "files": [] } // fine',
    );
    assert.equal((await typecheck(folder)).code, 0);
  });
}
