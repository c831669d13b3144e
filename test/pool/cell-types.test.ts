import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Cells, openCells } from "../helpers/cells.js";
import { Session } from "../helpers/session.js";

const declarations = [
  'import { Pool } from "poolbook";',
  `declare const pool: Pool;
   const add = (x: number, y: number) => x + y;
   const half = async (x: number) => [x / 2];`,
];

const accepted = {
  "map() of what its function takes, with awaited types":
    "const a = async (): Promise<number[][]> => pool.map(half, [1, 2])",
  "map() of a function whose parameter has no type": "const b = async () => pool.map((x) => x * 2, [1, 2])",
  "mapAsync() of such a function":
    "const c = async () => pool.mapAsync((text) => text.length, new Set(['a'])).get()",
  "map() of a typed array":
    "const d = async (): Promise<Float64Array> => pool.map((x) => x / 2, new Float64Array(2))",
  "starmap() of pairs": "const e = async (): Promise<number[]> => pool.starmap(add, [[1, 2]])",
  "imap() of a set":
    "const f = async () => { for await (const [x] of pool.imap(half, new Set([1]))) x.toFixed(); }",
  "imapUnordered() of a function whose parameter has no type":
    "const g = async () => { for await (const x of pool.imapUnordered((text) => text.length, ['a'])) x.toFixed(); }",
};

const refused = {
  "map() of a wrong type of item": "const never = () => pool.map(half, ['1'])",
  "map() of items of which one may be wrong": "const never = () => pool.map(half, [1, '2'])",
  "map() of a function of two arguments": "const never = () => pool.map(add, [1])",
  "map() with a function whose parameter is inferred and misused":
    "const never = () => pool.map((x) => x.nothing, [1])",
  "map() for a wrong type of result": "const never = async (): Promise<string[]> => pool.map(half, [1])",
  "mapAsync() of a wrong type of item": "const never = () => pool.mapAsync(half, ['1'])",
  "starmap() of a wrong count": "const never = () => pool.starmap(add, [[1]])",
  "starmap() of a wrong type": "const never = () => pool.starmap(add, [[1, '2']])",
  "starmapAsync() of a wrong count": "const never = () => pool.starmapAsync(add, [[1, 2, 3]])",
  "imap() of a wrong type of item": "const never = () => pool.imap(half, ['1'])",
  "imap() of a function of two arguments": "const never = () => pool.imap(add, [1])",
  "imapUnordered() of a wrong type of item": "const never = () => pool.imapUnordered(half, ['1'])",
};

describe("the map family is checked in cells of this kernel (strict)", () => {
  const session = new Session();
  before(async () => {
    for (const cell of declarations) {
      await session.run(cell);
    }
  });
  for (const [what, cell] of Object.entries(accepted)) {
    test(what, async () => {
      await session.run(cell);
    });
  }
  for (const [what, cell] of Object.entries(refused)) {
    test(`${what} does not compile`, async () => {
      await session.refusal(cell);
    });
  }
});

describe("the map family is checked in cells of stock tslab (TypeScript 5.0.4, not strict)", () => {
  let cells: Cells;
  before(async () => {
    cells = await openCells();
    await cells.run(...declarations);
  });
  after(() => cells.close());
  for (const [what, cell] of Object.entries(accepted)) {
    test(what, async () => {
      const { succeeded, stderr } = await cells.run(cell);
      assert.ok(succeeded, stderr);
    });
  }
  for (const [what, cell] of Object.entries(refused)) {
    test(`${what} does not compile`, async () => {
      const { succeeded, stderr } = await cells.run(cell);
      assert.equal(succeeded, false);
      assert.match(stderr, /^\d+:\d+ - /m);
    });
  }
});
