import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Cells, openCells } from "../helpers/cells.js";

describe("Pool in notebook cells", () => {
  let cells: Cells;
  before(async () => {
    cells = await openCells();
  });
  after(() => cells.close());

  test("apply() runs a function of another cell, with its imports, and shows its output before its result", async () => {
    const { stdout, stderr, succeeded } = await cells.run(
      'import { Pool, currentProcess, sleep } from "poolbook";',
      `async function slowSum(seconds: number, x: number, y: number) {
         console.log(\`Worker \${currentProcess().pid} goes to sleep\`);
         await sleep(seconds);
         console.log(\`Worker \${currentProcess().pid} wakes up\`);
         return x + y;
       }`,
      `const pool = new Pool(2);
       console.log("Result is", await pool.apply(slowSum, [0.05, 6, 7]));
       await pool.terminate();`,
    );
    assert.equal(stderr, "");
    assert.ok(succeeded);
    assert.match(stdout, /^Worker (\d+) goes to sleep\nWorker \1 wakes up\nResult is 13\n$/);
    assert.doesNotMatch(stdout, new RegExp(`Worker ${cells.pid} `));
  });

  test("apply() runs a function whose cell imports for itself", async () => {
    const { stdout, stderr } = await cells.run(
      `import { Pool, sleep, currentProcess } from "poolbook";
       async function nap(): Promise<string> {
         await sleep(0);
         return currentProcess().name;
       }
       const pool = new Pool(1);
       console.log(await pool.apply(nap));
       await pool.terminate();`,
    );
    assert.equal(stderr, "");
    assert.equal(stdout, "PoolWorker-1\n");
  });

  test("apply() with a wrong count or type of arguments does not compile", async () => {
    await cells.run('import { Pool } from "poolbook";', "const add = (x: number, y: number) => x + y;");
    for (const args of ["[1]", "[1, 2, 3]", '[1, "2"]', "1"]) {
      const { succeeded, stderr } = await cells.run(`const never = (pool: Pool) => pool.apply(add, ${args})`);
      assert.equal(succeeded, false, `compiled: ${args}`);
      assert.match(stderr, /not assignable/);
    }
  });

  test("apply() gives the awaited type of its function", async () => {
    const { succeeded, stderr } = await cells.run(
      "const later = async (x: number) => [x];",
      "const never = async (pool: Pool): Promise<string> => pool.apply(later, [1])",
    );
    assert.equal(succeeded, false);
    assert.match(stderr, /'number\[\]' is not assignable to type 'string'/);
  });
});
