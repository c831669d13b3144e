import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder, writeFiles } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

const folder = enterFolder();
const major = Number.parseInt(process.versions.node, 10);

/** An API, the first Node that has it, and a use of it that gives true. */
const apis: [name: string, since: number, code: string][] = [
  ["fs.globSync", 22, `import { globSync } from "node:fs"; globSync("*.none").length === 0`],
  ["node:sqlite", 22, `import { DatabaseSync } from "node:sqlite"; new DatabaseSync(":memory:").isOpen`],
  [
    "zlib.zstdCompressSync",
    22,
    `import { zstdCompressSync, zstdDecompressSync } from "node:zlib"; zstdDecompressSync(zstdCompressSync("a")).toString() === "a"`,
  ],
  [
    "module.registerHooks",
    22,
    `import { registerHooks } from "node:module"; registerHooks({}).deregister() === undefined`,
  ],
  ["import.meta.main", 22, "import.meta.main"],
  ["navigator", 22, "navigator.hardwareConcurrency > 0"],
  ["Set.prototype.union", 22, "new Set([1]).union(new Set([2])).size === 2"],
  ["Array.fromAsync", 22, "(await Array.fromAsync([1])).length === 1"],
  ["URLPattern", 24, `new URLPattern({ pathname: "/a/:b" }).test("http://x/a/1")`],
  ["Float16Array", 24, "new Float16Array([0.5])[0] === 0.5"],
  ["RegExp.escape", 24, `RegExp.escape("(") === "\\\\("`],
  ["Promise.try", 24, "(await Promise.try(() => 1)) === 1"],
  ["Error.isError", 24, "Error.isError(new Error())"],
  ["DisposableStack", 24, "new DisposableStack().disposed === false"],
  ["SuppressedError", 24, "new SuppressedError(1, 2).error === 1"],
  ["Temporal", 26, `Temporal.PlainDate.from("2026-04-30").year === 2026`],
  ["Date.prototype.toTemporalInstant", 26, "new Date(0).toTemporalInstant().epochMilliseconds === 0"],
  ["Uint8Array.fromBase64", 26, `Uint8Array.fromBase64("AQ==")[0] === 1`],
  ["Map.prototype.getOrInsert", 26, "new Map<string, number>().getOrInsert('a', 1) === 1"],
];

describe("a cell sees the API of the Node that runs", () => {
  for (const [name, since, code] of apis) {
    test(`${name} ${major >= since ? "compiles and runs" : "is a type error"}`, async () => {
      const session = new Session();
      if (major >= since) {
        assert.equal(await session.run(code), true);
      } else {
        assert.match(await session.refusal(code), /^TS2\d{3} /);
      }
    });
  }

  test("`using` works, with `Disposable`, wherever DisposableStack is not there", async () => {
    const session = new Session();
    await session.run(`
      const closed: string[] = [];
      const open = (name: string): Disposable => ({ [Symbol.dispose]() { closed.push(name); } });
      { using first = open("first"); using second = open("second"); }`);
    assert.deepEqual(await session.run("closed"), ["second", "first"]);
  });

  test("whatever version of @types/node lies in the notebook's folder", async () => {
    writeFiles(folder, {
      "node_modules/@types/node/package.json": { name: "@types/node", version: "8.0.0", types: "index.d.ts" },
      "node_modules/@types/node/index.d.ts": `declare var process: string; declare module "node:fs" { export const onlyThere: 1; }`,
      "node_modules/uses-node/package.json": { name: "uses-node", version: "1.0.0", types: "index.d.ts" },
      "node_modules/uses-node/index.js": "exports.where = () => process.pid;",
      "node_modules/uses-node/index.d.ts": `/// <reference types="node" />\nexport declare function where(): typeof process.pid;`,
    });
    const session = new Session();
    assert.equal(
      await session.run(`import { where } from "uses-node"; where().toFixed(0) === String(process.pid)`),
      true,
    );
    assert.match(await session.refusal(`import { onlyThere } from "node:fs"; onlyThere`), /^TS2305 /);
  });
});
