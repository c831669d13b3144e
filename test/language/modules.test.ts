import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { enterFolder, writeFiles } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

const module = (name: string, text: string, types: string, more: object = {}) => ({
  [`node_modules/${name}/package.json`]: {
    name,
    type: "module",
    types: "./index.d.ts",
    exports: "./index.js",
    ...more,
  },
  [`node_modules/${name}/index.js`]: text,
  [`node_modules/${name}/index.d.ts`]: types,
});

const folder = enterFolder(
  {
    "tsconfig.json": { compilerOptions: { paths: { "@lib/*": ["./lib/*"] } } },
    "lib/shapes.ts": `
      import { double } from "./double.js";
      export enum Kind { Round = 4 }
      export interface Shape { kind: Kind }
      export let made = 0;
      export function make(): Shape { made++; return { kind: double(Kind.Round) / 2 } }
      export const url = import.meta.url;`,
    "lib/double.ts": "export const double = (n: number): number => 2 * n;",
    "lib/view.tsx": "export default (h: (tag: string) => string) => h('view');",
    "lib/plain.js": "exports.plain = 5;",
    "book/data.json": { list: [1, 2] },
    "book/near.ts": "export const near: string = 'near';",
    "book/late.mjs": "export const late = await Promise.resolve('late'); export default late;",
    ...module(
      "esm-only",
      "export const v = 3; export default () => 'd';",
      "export const v: number; export default function d(): string;",
    ),
    ...module("awaiting", "export const w = await Promise.resolve(4);", "export const w: number;"),
    ...module("importable", "export const i = 5;", "export const i: number;", {
      exports: { import: { types: "./index.d.ts", default: "./index.js" } },
    }),
    "node_modules/classic/package.json": {
      name: "classic",
      exports: {
        ".": { types: "./main.d.ts", default: "./main.js" },
        "./sub": { types: "./s.d.ts", default: "./s.js" },
      },
    },
    "node_modules/classic/main.js":
      "module.exports = function classic() { return 'c' }; module.exports.extra = 1;",
    "node_modules/classic/main.d.ts":
      "declare function classic(): string; declare namespace classic { const extra: number } export = classic;",
    "node_modules/classic/s.js": "exports.sub = () => 8;",
    "node_modules/classic/s.d.ts": "export declare function sub(): number;",
  },
  "book",
);
const session = new Session();

describe("packages", () => {
  test("ESM-only, with top-level await, or importable only", async () => {
    await session.run(
      'import d, { v } from "esm-only"; import { w } from "awaiting"; import { i } from "importable";',
    );
    assert.deepEqual(await session.run("[d(), v, w, i]"), ["d", 3, 4, 5]);
  });

  test("CommonJS with subpaths and types in `exports`", async () => {
    await session.run(
      'import classic, { extra } from "classic"; import * as all from "classic"; import { sub as s } from "classic/sub";',
    );
    assert.deepEqual(await session.run("[classic(), extra, all.extra, all.default(), s().toFixed(1)]"), [
      "c",
      1,
      1,
      "c",
      "8.0",
    ]);
  });

  test("Node's own modules, all ways", async () => {
    await session.run(
      'import fs, { readFileSync as read } from "fs"; import * as path from "node:path"; import "node:os";',
    );
    assert.equal(await session.run("fs.readFileSync === read && path.join('a', 'b')"), join("a", "b"));
  });

  test("dynamic import loads them natively and local files too", async () => {
    assert.deepEqual(
      await session.run('[(await import("awaiting")).w, (await import("../lib/double")).double(2)]'),
      [4, 4],
    );
    assert.equal(await session.run('const name = "esm-only"; (await import(name)).v'), 3);
  });

  test("types alone load nothing", async () => {
    assert.equal(
      await session.run(
        'import type { Stats } from "node:fs"; import { type Dirent } from "node:fs"; let s: Stats | Dirent | 1 = 1; s',
      ),
      1,
    );
  });

  test("one that is missing is reported, and found once it is installed", async () => {
    const source = 'import { late } from "installed-later"; late';
    assert.match(await session.refusal(source), /^TS2307 1:22 /);
    assert.equal(await session.run("1"), 1);
    writeFiles(folder, module("installed-later", "export const late = 9;", "export const late: number;"));
    assert.equal(await session.run(source), 9);
  });
});

describe("files", () => {
  test("TypeScript in and outside the notebook's folder, JSON, JavaScript", async () => {
    await session.run(
      'import { make, made, Kind, url } from "../lib/shapes"; import { near } from "./near.js"; import data from "./data.json"; import { plain } from "../lib/plain.js"; import view from "../lib/view";',
    );
    assert.deepEqual(
      await session.run("[make().kind === Kind.Round, near, data.list, plain, view((tag) => tag)]"),
      [true, "near", [1, 2], 5, "view"],
    );
    assert.equal(await session.run("url"), pathToFileURL(join(folder, "lib/shapes.ts")).href);
    assert.match(await session.refusal("make().round"), /^TS2339 /);
  });

  test("JSON with an import attribute, in every form", async () => {
    await session.run('import data, { list } from "./data.json" with { type: "json" };');
    await session.run('import * as all from "./data.json" with { type: "json" };');
    assert.deepEqual(await session.run("[data.list === list, all.list]"), [true, [1, 2]]);
    assert.deepEqual(
      await session.run('(await import("./data.json", { with: { type: "json" } })).default.list'),
      [1, 2],
    );
    assert.match(await session.refusal("data.none"), /^TS2339 /);
  });

  test("a module that awaits at its top", async () => {
    await session.run('import byDefault, { late } from "./late.mjs"; import * as all from "./late.mjs";');
    assert.deepEqual(await session.run('[byDefault, late, all.late, (await import("./late.mjs")).late]'), [
      "late",
      "late",
      "late",
      "late",
    ]);
  });

  test("a default beside a namespace, and types alone", async () => {
    await session.run(
      'import view, * as all from "../lib/view"; import type { Shape } from "../lib/shapes";',
    );
    assert.equal(await session.run("let shape: Shape | undefined; all.default === view"), true);
    assert.match(await session.refusal("new Shape()"), /^TS2693 /);
  });

  test("imported names are live", async () => {
    const before = await session.run("made");
    assert.equal(await session.run("make(); made"), Number(before) + 1);
  });

  test("`paths` of the project", async () => {
    assert.equal(await session.run('import { double as twice } from "@lib/double"; twice(4)'), 8);
  });

  test("an edited file is seen by the next cell, types and values, with what depends on it", async () => {
    writeFiles(folder, { "book/near.ts": "export const near: number = 12345;" });
    assert.equal(await session.run("near.toFixed(1)"), "12345.0");
    writeFiles(folder, { "lib/double.ts": "export const double = (n: number): number => 200 * n;" });
    session.language.loadAllTypes();
    assert.equal(await session.run("make().kind"), 400);
    writeFiles(folder, { "book/data.json": { list: ["changed"] } });
    assert.deepEqual(await session.run("data.list[0].length"), 7);
  });

  test("a type error in one is reported with its name", () => {
    writeFiles(folder, { "lib/wrong.ts": "export const wrong: string = 5;" });
    const { diagnostics } = session.language.convert("", 'import { wrong } from "../lib/wrong";', {
      fileName: "x",
    });
    assert.deepEqual(
      diagnostics.map(({ code, fileName, start }) => ({ code, fileName, start })),
      [
        {
          code: 2322,
          fileName: join("..", "lib", "wrong.ts"),
          start: { offset: 13, line: 0, character: 13 },
        },
      ],
    );
  });

  test("one that is gone is reported as missing", async () => {
    rmSync(join(folder, "lib/wrong.ts"));
    assert.match(await session.refusal('import { wrong } from "../lib/wrong";'), /^TS2307 /);
  });
});

test("import.meta, __filename and __dirname mean the notebook's folder", async () => {
  const here = join(folder, "book");
  assert.equal(await session.run("__dirname"), here);
  assert.equal(await session.run("import.meta.dirname"), here);
  assert.ok(String(await session.run("import.meta.url")).startsWith(`${pathToFileURL(here).href}/`));
  assert.equal(
    await session.run('import.meta.resolve("./near.ts")'),
    pathToFileURL(join(here, "near.ts")).href,
  );
});

test("a @module cell can be imported, and imported again when it changes", async () => {
  assert.deepEqual(
    session.language.addModule("inner", "/** @module inner */ export const x: number = 1;", {}),
    [],
  );
  const cell = session.language.convert("", 'import { x } from "./inner"; x.toFixed()', { fileName: "x" });
  assert.deepEqual(cell.diagnostics, []);
  assert.deepEqual(
    cell.sideOutputs.map(({ path }) => path),
    [join(folder, "book", "inner.js")],
  );
  assert.match(cell.sideOutputs[0]?.data ?? "", /exports\.x = 1/);
  assert.match(cell.output, /require\("\.\/inner"\)/);
  const [diagnostic] = session.language.addModule("inner", "export const x: number = '';", {});
  assert.equal(diagnostic?.code, 2322);
});
