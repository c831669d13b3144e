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
  "map() of a generic function":
    "const identity = <T>(x: T) => x; const h = async (): Promise<string[]> => pool.map(identity, ['a'])",
  "map() of a function without parameters": "const i = async () => pool.map(() => 1, ['a'])",
  "mapSettled() with awaited types":
    "const j = async (): Promise<PromiseSettledResult<number[]>[]> => pool.mapSettled(half, [1])",
  "starmap() of pairs that are made on the way":
    "const l = async (): Promise<number[]> => pool.starmap(add, [1, 2].map((x) => [x, x]))",
  "starmap() of pairs whose type is written":
    "const m = async (): Promise<number[]> => pool.starmap(add, [[1, 2]] as [number, number][])",
  "starmap() of a function of any number of arguments":
    "const k = async (): Promise<number[]> => pool.starmap(Math.max, [[1, 2], [3]] as number[][])",
  "map() of a typed array":
    "const d = async (): Promise<Float64Array> => pool.map((x) => x / 2, new Float64Array(2))",
  "starmap() of pairs": "const e = async (): Promise<number[]> => pool.starmap(add, [[1, 2]])",
  "imap() of a set":
    "const f = async () => { for await (const [x] of pool.imap(half, new Set([1]))) x.toFixed(); }",
  "imapUnordered() of a function whose parameter has no type":
    "const g = async () => { for await (const x of pool.imapUnordered((text) => text.length, ['a'])) x.toFixed(); }",
};

/** Before TypeScript 5.2 the tuples have to be written: `as [number, number][]`. */
const inferred = ["starmap() of pairs", "starmap() of pairs that are made on the way"];

interface Refused {
  readonly cell: string;
  /** The compiler's number of the error. */
  readonly code: number;
  /** Part of its text. */
  readonly reason: string;
  /** A compiler that is not strict compares parameters either way round, and lets it pass. */
  readonly isForStrict?: boolean;
}

const wrongItem = { code: 2345, reason: "Type 'string' is not assignable to type 'number'" };
const twoArguments = {
  code: 2345,
  reason: "Argument of type '(x: number, y: number) => number' is not assignable to parameter of type",
};
const notPairs = { code: 2345, reason: '"each item must be a tuple; write it as": [x: number, y: number]' };

const refused: Record<string, Refused> = {
  "map() of a wrong type of item": { cell: "const never = () => pool.map(half, ['1'])", ...wrongItem },
  "map() of items of which one may be wrong": {
    cell: "const never = () => pool.map(half, [1, '2'])",
    ...wrongItem,
    isForStrict: true,
  },
  "map() of a function of two arguments": { cell: "const never = () => pool.map(add, [1])", ...twoArguments },
  "map() with a function whose parameter is inferred and misused": {
    cell: "const never = () => pool.map((x) => x.nothing, [1])",
    code: 2339,
    reason: "Property 'nothing' does not exist on type 'number'",
  },
  "map() for a wrong type of result": {
    cell: "const never = async (): Promise<string[]> => pool.map(half, [1])",
    code: 2322,
    reason: "Type 'number[][]' is not assignable to type 'string[]'",
  },
  "mapAsync() of a wrong type of item": {
    cell: "const never = () => pool.mapAsync(half, ['1'])",
    ...wrongItem,
  },
  "starmap() of a wrong count": {
    cell: "const never = () => pool.starmap(add, [[1]])",
    ...notPairs,
  },
  "starmap() of a wrong type": {
    cell: "const never = () => pool.starmap(add, [[1, '2']])",
    ...notPairs,
  },
  "starmap() of rows that may have any length": {
    cell: "const rows: number[][] = [[1, 2]]; const never = () => pool.starmap(add, rows)",
    ...notPairs,
  },
  "mapSettled() of a wrong type of item": {
    cell: "const never = () => pool.mapSettled(half, ['1'])",
    ...wrongItem,
  },
  "starmapAsync() of a wrong count": {
    cell: "const never = () => pool.starmapAsync(add, [[1, 2, 3]])",
    ...notPairs,
  },
  "imap() of a wrong type of item": { cell: "const never = () => pool.imap(half, ['1'])", ...wrongItem },
  "imap() of a function of two arguments": {
    cell: "const never = () => pool.imap(add, [1])",
    ...twoArguments,
  },
  "imapUnordered() of a wrong type of item": {
    cell: "const never = () => pool.imapUnordered(half, ['1'])",
    ...wrongItem,
  },
};

describe("the map family is checked in cells of this kernel (strict)", () => {
  const session = new Session();
  before(async () => {
    for (const cell of ["// @strict: true\n0;", ...declarations]) {
      await session.run(cell);
    }
  });
  for (const [what, cell] of Object.entries(accepted)) {
    test(what, async () => {
      await session.run(cell);
    });
  }
  for (const [what, { cell, code, reason }] of Object.entries(refused)) {
    test(`${what} does not compile: ${code}`, async () => {
      const message = await session.refusal(cell);
      assert.ok(message.startsWith(`TS${code} `) && message.includes(reason), message);
      assert.ok(message.split("\n").length <= 5, message);
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
  for (const [what, cell] of Object.entries(accepted).filter(([what]) => !inferred.includes(what))) {
    test(what, async () => {
      const { succeeded, stderr } = await cells.run(cell);
      assert.ok(succeeded, stderr);
    });
  }
  for (const [what, { cell, reason }] of Object.entries(refused).filter(
    ([, { isForStrict }]) => !isForStrict,
  )) {
    test(`${what} does not compile`, async () => {
      const { succeeded, stderr } = await cells.run(cell);
      assert.equal(succeeded, false);
      assert.match(stderr, /^\d+:\d+ - /m);
      assert.ok(stderr.includes(reason), stderr);
    });
  }
});
