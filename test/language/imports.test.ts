import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder, writeFiles } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

const folder = enterFolder({
  "node_modules/dual/package.json": {
    name: "dual",
    exports: {
      ".": {
        import: { types: "./i.d.mts", default: "./i.mjs" },
        require: { types: "./r.d.cts", default: "./r.cjs" },
      },
      "./inner": { import: "./inner.mjs", require: "./inner.cjs" },
    },
  },
  "node_modules/dual/i.mjs": "export const which = 'import'; export const state = { count: 0 };",
  "node_modules/dual/i.d.mts": "export const which: string; export const state: { count: number };",
  "node_modules/dual/r.cjs": "exports.which = 'require';",
  "node_modules/dual/r.d.cts": "export const which: string;",
  "node_modules/dual/inner.mjs": "export default 'inner import';",
  "node_modules/dual/inner.cjs": "module.exports = 'inner require';",
  "node_modules/interop/package.json": { name: "interop", types: "index.d.ts" },
  "node_modules/interop/index.js": `Object.defineProperty(exports, "__esModule", { value: true });
    exports.default = function f() { return "f" }; exports.n = 1;`,
  "node_modules/interop/index.d.ts": "export default function f(): string; export const n: number;",
  "node_modules/refuses/package.json": {
    name: "refuses",
    exports: { import: "./i.mjs", require: "./r.cjs" },
  },
  "node_modules/refuses/i.mjs": "export const ok = await 7; export default class K {}",
  "node_modules/refuses/r.cjs": "throw new Error('refuses cannot be imported using require()');",
  "node_modules/dynamic/package.json": { name: "dynamic" },
  "node_modules/dynamic/index.js": "module.exports = { fixed: 1 }; module.exports['la' + 'te'] = 2;",
  "node_modules/synced/package.json": {
    name: "synced",
    exports: { "module-sync": "./s.mjs", import: "./i.mjs" },
  },
  "node_modules/synced/s.mjs": "export const kind = 'module-sync';",
  "node_modules/synced/i.mjs": "export const kind = 'import';",
  "node_modules/enums/package.json": { name: "enums", types: "index.d.ts" },
  "node_modules/enums/index.js": "exports.x = 1;",
  "node_modules/enums/index.d.ts":
    "export declare const enum Level { High = 3 } export declare const x: number;",
  "package.json": { imports: { "#settings": "./settings.js" } },
  "settings.js": "export const depth = 3;",
  "near.ts": `import { which, state } from "dual";
    import f, { n } from "interop";
    import { inner } from "./further.ts";
    export const later = async () => [(await import("dual")).which, (await import("interop")).default()];
    export { which, state, f, n, inner };`,
  "further.ts": 'import inner from "dual/inner"; export { inner };',
  "old.cts": 'export const which: string = require("dual").which;',
  "two.mjs": "export default 1; export const two = 2;",
  "plain.js": "exports.p = 1;",
  "awaiting.js": "export const w = await Promise.resolve('w');",
});
const session = new Session();

describe("a package of both kinds", () => {
  test("is loaded by its import conditions, by every road", async () => {
    await session.run(
      'import { which, state } from "dual"; import * as all from "dual"; import inner from "dual/inner";',
    );
    assert.deepEqual(await session.run("[which, inner]"), ["import", "inner import"]);
    assert.equal(await session.run('(await import("dual")).which'), "import");
    assert.equal(await session.run('const name = "dual"; (await import(name)).which'), "import");
    assert.equal(await session.run('import.meta.resolve("dual").slice(-6)'), "/i.mjs");
    assert.equal(await session.run('require("dual").which'), "require");
  });

  test("is one instance", async () => {
    await session.run('state.count = 5; import { state as same } from "dual";');
    assert.deepEqual(await session.run('[same.count, (await import("dual")).state === state]'), [5, true]);
    assert.equal(await session.run('all === (await import("dual"))'), true);
  });

  test("is the same one in files of the user's own and in @module cells", async () => {
    await session.run('import * as near from "./near"; import { which as old } from "./old.cts";');
    assert.deepEqual(await session.run("[near.which, near.inner, near.state === state, old]"), [
      "import",
      "inner import",
      true,
      "require",
    ]);
    assert.deepEqual(await session.run("await near.later()"), ["import", "f"]);
  });

  test("may name the condition module-sync", async () => {
    await session.run('// @ts-nocheck\nimport { kind } from "synced";');
    assert.equal(await session.run("kind"), "module-sync");
  });
});

describe("the default of CommonJS with __esModule", () => {
  test("is what was written there, by every road", async () => {
    await session.run(
      'import f, { n } from "interop"; import * as interop from "interop"; const m = await import("interop");',
    );
    assert.deepEqual(await session.run("[f(), interop.default(), m.default(), n, m.n, near.f === f]"), [
      "f",
      "f",
      "f",
      1,
      1,
      true,
    ]);
    assert.equal(await session.run('const which2 = "interop"; (await import(which2)).default()'), "f");
    assert.equal(
      await session.run('(await Promise.all(["interop"].map((each) => import(each))))[0].default()'),
      "f",
    );
  });
});

describe("an import", () => {
  test("works where a package refuses require()", async () => {
    await session.run('// @ts-nocheck\nimport K, { ok } from "refuses";');
    assert.deepEqual(await session.run("[ok, K.name]"), [7, "K"]);
  });

  test("takes from CommonJS what no lexer finds", async () => {
    await session.run('// @ts-nocheck\nimport { fixed, late } from "dynamic"; import whole from "dynamic";');
    assert.deepEqual(await session.run("[fixed, late, whole]"), [1, 2, { fixed: 1, late: 2 }]);
  });

  test("of a name that a module does not export is refused as Node refuses it", async () => {
    for (const [from, name] of [
      ["dynamic", "nope"],
      ["node:fs", "nope"],
      ["dual", "default"],
      ["./plain.js", "nope"],
      ["./two.mjs", "nope"],
    ]) {
      const javascript = new Session({ javascript: true });
      await assert.rejects(javascript.run(`import { ${name} as x } from "${from}";`), {
        name: "SyntaxError",
        message: `The requested module '${from}' does not provide an export named '${name}'`,
      });
    }
  });

  test("of a const enum needs no value", async () => {
    assert.equal(await session.run('import { Level, x as number } from "enums"; Level.High + number'), 4);
  });

  test("of the user's own JavaScript gives Node's modules", async () => {
    await session.run(
      'import * as local from "./two.mjs"; import one, { two } from "./two.mjs"; import { p } from "./plain.js"; import { w } from "./awaiting.js"; import { depth } from "#settings";',
    );
    assert.deepEqual(await session.run("[one, two, p, w, depth]"), [1, 2, 1, "w", 3]);
    assert.equal(await session.run('local === (await import("./two.mjs"))'), true);
  });

  test("finds its package in the notebook's folder, wherever the process is", async () => {
    writeFiles(folder, { "elsewhere/x": "" });
    process.chdir("elsewhere");
    const { which } = (await session.run('import { which as here } from "dual"; ({ which: here })')) as {
      which: string;
    };
    process.chdir(folder);
    assert.equal(which, "import");
  });
});

describe("import * as", () => {
  const modules = ["node:fs", "path", "dynamic", "dual", "interop", "./plain.js", "./two.mjs"];
  for (const from of modules) {
    test(`of ${from} is the namespace that import() gives`, async () => {
      await session.run(
        `// @ts-nocheck\nimport * as whole from "${from}"; import first, * as both from "${from}";`.replace(
          / import first.*/,
          ["dual", "./two.mjs"].includes(from) ? " const both = whole;" : "$&",
        ),
      );
      const later = await session.run(`// @ts-nocheck\nawait import("${from}")`);
      assert.equal(await session.run("whole"), later);
      assert.equal(await session.run("both"), later);
    });
  }

  test("is a module with a default, whatever the module is", async () => {
    await session.run(
      '// @ts-nocheck\nimport * as fs from "fs"; import * as dyn from "dynamic"; import * as own from "./plain.js";',
    );
    assert.deepEqual(
      await session.run("// @ts-nocheck\n[fs, dyn, own].map((each) => Object.prototype.toString.call(each))"),
      Array(3).fill("[object Module]"),
    );
    assert.deepEqual(
      await session.run(
        '// @ts-nocheck\n[fs.default === require("fs"), dyn.default === require("dynamic"), own.default === require("./plain.js")]',
      ),
      [true, true, true],
    );
    await assert.rejects(async () => session.run("// @ts-nocheck\nfs.readFileSync = 1;"), TypeError);
  });

  test("follows what a module exports as Node's does", async () => {
    await session.run(`// @ts-nocheck
      import * as os from "node:os"; import { syncBuiltinESMExports } from "node:module";
      os.default.hostname = () => "elsewhere"; const before = os.hostname(); syncBuiltinESMExports();`);
    assert.equal(await session.run("before === 'elsewhere'"), false);
    assert.equal(await session.run("os.hostname()"), "elsewhere");
  });
});
