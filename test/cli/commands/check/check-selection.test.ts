import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { inShard } from "#dist/cli/inputs/shard.js";
import { stdout } from "../../../helpers/notebook-value.js";
import { poolbook } from "../../../helpers/poolbook.js";
import { writeStored } from "../../../helpers/stored-notebook.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

test("--list-stale names cells that never ran, and exits 1 when there are some", async (t) => {
  const folder = temporaryFolder(t);
  const file = writeStored(folder, "a.ipynb", [
    { source: "1" },
    { source: "2", outputs: [] },
    { source: " " },
  ]);
  const { code, stdout: printed } = await poolbook(["check", "--list-stale", file]);
  assert.equal(code, 1);
  assert.equal(printed, `${file}\n  cell 1 (cell-1)\n`);
  writeStored(folder, "a.ipynb", [{ source: "1", outputs: [stdout("1")] }]);
  assert.deepEqual(await poolbook(["check", "--list-stale", file]), {
    code: 0,
    signal: null,
    stdout: "",
    stderr: "",
  });
});

test("--explain says which rule holds for which cell, and where it comes from", async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ poolbook: { check: { atol: 0.5 } } }));
  const file = writeStored(
    folder,
    "a.ipynb",
    [{ source: "1", tags: ["check-interleaved"] }, { source: "// NBVAL_IGNORE_OUTPUT" }],
    { poolbook: { check: { normalisers: { dates: false } } } },
  );
  const { code, stdout: printed } = await poolbook(["check", "--explain", "--rtol", "0.1", file]);
  assert.equal(code, 0);
  assert.equal(
    printed,
    `${file}
  cell 1 (cell-1)
    atol: 0.5  (package.json)
    rtol: 0.1  (--rtol)
    normalisers.dates: off  (notebook metadata)
    order: interleaved  (tag \`check-interleaved\`)
  cell 2 (cell-2)
    atol: 0.5  (package.json)
    rtol: 0.1  (--rtol)
    normalisers.dates: off  (notebook metadata)
    output: ignore  (comment \`NBVAL_IGNORE_OUTPUT\`)
  other cells: the defaults, with the normalisers ansi, tempfiles, progress, dates, durations, paths, uuids, styles, svgids, addresses, pids
`,
  );
});

const usage: [args: string[], problem: RegExp][] = [
  [["--shard", "3/2"], /Expected i\/n with i from 1 to n/],
  [["--atol", "-1"], /Expected a number of at least 0/],
  [["--images", "pixels"], /Allowed choices are exact, size, ignore/],
  [["--retries", "x"], /Expected a whole number/],
];

for (const [args, problem] of usage) {
  test(`check ${args.join(" ")} is wrong usage`, async () => {
    const { code, stderr } = await poolbook(["check", ".", ...args]);
    assert.equal(code, 2);
    assert.match(stderr, problem);
  });
}

test("shards have nothing in common and miss nothing", () => {
  const inputs = Array.from({ length: 11 }, (_, index) => ({ file: `${index}`, relative: `${index}` }));
  const shards = [1, 2, 3].map((index) => inShard(inputs, { index, total: 3 }));
  assert.deepEqual(
    shards.map(({ length }) => length),
    [4, 4, 3],
  );
  assert.deepEqual(new Set(shards.flat()), new Set(inputs));
});

describe("--changed-since", () => {
  test("keeps notebooks that changed, and those whose sources did, also by way of others and of linked packages", async (t) => {
    const root = temporaryFolder(t);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
        cwd: root,
        stdio: "pipe",
      });
    const course = path.join(root, "course");
    mkdirSync(path.join(course, "lib"), { recursive: true });
    mkdirSync(path.join(root, "src"));
    mkdirSync(path.join(root, "node_modules"));
    symlinkSync(root, path.join(root, "node_modules", "self"));
    writeFileSync(path.join(root, ".gitignore"), "node_modules\n");
    writeFileSync(path.join(root, "src", "index.ts"), "export const one = 1;");
    writeFileSync(path.join(course, "lib", "near.ts"), 'export { far } from "./far.js";');
    writeFileSync(path.join(course, "lib", "far.ts"), "export const far = 1;");
    writeStored(course, "alone.ipynb", [{ source: "import fs from 'node:fs';" }]);
    writeStored(course, "direct.ipynb", [{ source: "import { near } from './lib/near';" }]);
    writeStored(course, "package.ipynb", [{ source: "const { one } = await import('self');" }]);
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "start");
    const kept = async (): Promise<string[]> => {
      const { code, stdout, stderr } = await poolbook([
        "check",
        "--list-stale",
        "--changed-since",
        "HEAD",
        course,
      ]);
      assert.ok(code === 0 || code === 1, stderr);
      return [...stdout.matchAll(/(\w+)\.ipynb$/gm)].map(([, name]) => name ?? "");
    };

    assert.deepEqual(await kept(), []);
    writeFileSync(path.join(course, "lib", "far.ts"), "export const far = 2;");
    assert.deepEqual(await kept(), ["direct", "package"]);
    git("commit", "-qam", "far");
    writeFileSync(path.join(root, "src", "index.ts"), "export const one = 2;");
    assert.deepEqual(await kept(), ["package"]);
    git("commit", "-qam", "src");
    writeStored(course, "alone.ipynb", [{ source: "2" }]);
    writeStored(course, "new.ipynb", [{ source: "1" }]);
    assert.deepEqual(await kept(), ["alone", "new"]);

    const { code, stderr } = await poolbook(["check", "--changed-since", "nowhere", course]);
    assert.equal(code, 2);
    assert.match(stderr, /--changed-since nowhere: fatal: Needed a single revision/);
  });
});
