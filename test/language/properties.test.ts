import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { enterFolder } from "../helpers/folder.js";
import { randomPrograms } from "../helpers/random-program.js";
import { Session } from "../helpers/session.js";

enterFolder();
const runs = Number(process.env.PROPERTY_RUNS ?? 25);

let lines: string[] = [];
Object.assign(globalThis, {
  print: (...values: unknown[]) => {
    lines.push(values.map((value) => inspect(value)).join(" "));
  },
});

async function printed(run: () => Promise<unknown>): Promise<string[]> {
  lines = [];
  await run();
  return lines;
}

let modules = 0;
// Node runs a module once, so each has a comment of its own.
const importModule = (text: string) =>
  import(`data:text/javascript,${encodeURIComponent(`${text}//${++modules}`)}`);

for (const javascript of [false, true]) {
  test(`a ${javascript ? "JavaScript" : "TypeScript"} program cut into cells prints what the uncut module prints`, async () => {
    const session = new Session({ javascript });
    await fc.assert(
      fc.asyncProperty(randomPrograms, async (cells) => {
        session.forget();
        if (!javascript) {
          await session.run("declare global { function print(...values: unknown[]): void }");
        }
        const inCells = await printed(async () => {
          for (const cell of cells) {
            await session.run(cell);
          }
        });
        assert.deepEqual(inCells, await printed(() => importModule(cells.join(""))));
      }),
      { numRuns: runs },
    );
  });
}
