import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const root = fileURLToPath(new URL("../../../../../", import.meta.url));

/** The lines that a script prints which has a module `state.js` beside it. */
function linesOf(t: TestContext, state: string, main: string): string[] {
  const cwd = temporaryFolder(t);
  mkdirSync(path.join(cwd, "node_modules"));
  symlinkSync(root, path.join(cwd, "node_modules/poolbook"));
  writeFileSync(path.join(cwd, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(path.join(cwd, "state.js"), state);
  writeFileSync(path.join(cwd, "main.js"), `import { withPool } from "poolbook";\n${main}`);
  const { stdout, stderr } = spawnSync(process.execPath, ["main.js"], { cwd, encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.trim().split("\n");
}

test("a primitive value is the worker's, imported by its name as by its module's", (t) => {
  const state = "export const pid = process.pid; export let nothing;";
  const main = `import { pid as id, nothing } from "./state.js";
    import { sep } from "node:path";
    import * as state from "./state.js";
    await withPool(1, async (pool) => {
      console.log(await pool.apply(() => [id === state.pid, id === process.pid, typeof nothing, sep]));
    });`;
  assert.deepEqual(linesOf(t, state, main), [`[ true, true, 'undefined', '${path.sep}' ]`]);
});

test("an imported variable that its module changes is the same by every name, at any time", (t) => {
  const state = `export let count = 0;
    export const add = () => ++count;
    export let Made;
    export function make() { Made = class { from = count; }; }
    export let constant = 1;`;
  const main = `import { add, constant, count, make, Made } from "./state.js";
    import * as state from "./state.js";
    class Counter { count = count; static get now() { return count; } }
    for (const workerType of ["process", "thread"]) {
      await withPool({ processes: 1, workerType }, async (pool) => {
        for (let call = 0; call < 3; call++) {
          console.log(await pool.apply(() => { const before = count; add(); return [before, count, state.count]; }));
        }
        console.log(await pool.map((x) => x + count + constant, [1, 2]));
        console.log(await pool.apply(() => [typeof Made, make(), new Made().from, new Counter().count, Counter.now]));
        console.log(await pool.apply(() => { count = 3; }).catch((error) => error.message));
      });
    }`;
  const expected = [
    ...["[ 0, 1, 1 ]", "[ 1, 2, 2 ]", "[ 2, 3, 3 ]", "[ 5, 6 ]", "[ 'undefined', undefined, 3, 3, 3 ]"],
    "Cannot send function `anonymous` to a worker: it uses `count`, to which it assigns, but a worker has only a copy; return the value instead",
  ];
  assert.deepEqual(linesOf(t, state, main), [...expected, ...expected]);
});
