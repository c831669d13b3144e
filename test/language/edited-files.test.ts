import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createImporter } from "#dist/language/index.js";
import { enterFolder, writeFiles } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

/** Files by the names that cells import them by; each exports `v`. */
const files = {
  "./plain.ts": "plain.ts",
  "./module.mts": "module.mts",
  "./common.cts": "common.cts",
  "./described.js": "described.js",
  "@alias/mapped": "src/mapped.ts",
  "src/based": "src/based.ts",
  "#own/inner": "src/inner.ts",
  "project/src/itself": "src/itself.ts",
  linked: "workspaces/linked/index.ts",
  "linked/part": "workspaces/linked/part.ts",
};

const folder = enterFolder({
  "tsconfig.json": { compilerOptions: { baseUrl: ".", paths: { "@alias/*": ["src/*"] } } },
  "package.json": {
    name: "project",
    imports: { "#own/*": "./src/*.ts", "#kind": { import: "./imported.ts", require: "./required.ts" } },
    exports: { "./src/*": "./src/*.ts" },
  },
  "imported.ts": "export const kind = 'imported';",
  "required.ts": "export const kind = 'required';",
  "described.d.ts": "export declare const v: string;",
  "workspaces/linked/package.json": {
    name: "linked",
    type: "module",
    exports: { ".": { import: "./index.ts" }, "./part": { import: "./part.ts" } },
  },
});
mkdirSync(join(folder, "node_modules"));
symlinkSync(join("..", "workspaces", "linked"), join(folder, "node_modules", "linked"));

function writeAll(text: string): void {
  for (const path of Object.values(files)) {
    const start = path.endsWith(".js") ? "exports." : "export const ";
    writeFiles(folder, { [path]: `${start}v = ${JSON.stringify(text)};` });
  }
}

describe("an edited file", () => {
  test("is seen by earlier imports, by new ones and by `import()`, whatever name they know it by", async () => {
    const session = new Session();
    Object.assign(session.require, { resolveImport: createImporter(folder, session.require).resolve });
    const names = Object.keys(files);
    const imports = names.map((name, index) => `import { v as v${index} } from "${name}";`).join("");
    const values = names.map((name, index) => `"${name}": v${index}`).join();
    const all = (text: string) => Object.fromEntries(names.map((name) => [name, text]));
    writeAll("first");
    assert.deepEqual(await session.run(`${imports} const all = () => ({ ${values} }); all()`), all("first"));
    writeAll("second text");
    assert.deepEqual(await session.run("all()"), all("second text"));
    writeAll("the third text");
    assert.deepEqual(await session.run(`${imports} ({ ${values} })`), all("the third text"));
    writeAll("and the fourth");
    const dynamic = names.map((name) => `"${name}": (await import("${name}")).v`).join();
    assert.deepEqual(await session.run(`({ ${dynamic} })`), all("and the fourth"));
  });

  test("that does not load any more fails where its names are used, until it is mended", async () => {
    const session = new Session();
    writeFiles(folder, { "part.ts": "export const part = 1; export interface Shape { a: 1 }" });
    await session.run('import { part, Shape } from "./part"; import { part as again } from "./part";');
    writeFiles(folder, { "part.ts": "export const other = 1; export interface Shape { a: 1 }" });
    assert.equal(await session.run("let shape: Shape; 1"), 1);
    await assert.rejects(session.run("part"), /'\.\/part' does not provide an export named 'part'/);
    writeFiles(folder, { "part.ts": "throw new RangeError('on load'); export const part = 3;" });
    assert.equal(await session.run("2"), 2);
    await assert.rejects(session.run("again"), /RangeError: on load/);
    writeFiles(folder, { "part.ts": "export const part = 'mended';" });
    assert.equal(await session.run("part + again"), "mendedmended");
    rmSync(join(folder, "part.ts"));
    assert.equal(await session.run("3"), 3);
  });

  test("that is an ECMAScript module with top-level await stays as it was loaded, and hinders no cell", async () => {
    const session = new Session();
    writeFiles(folder, { "late.mjs": "export const late = await 'first';" });
    await session.run('import { late } from "./late.mjs";');
    writeFiles(folder, { "late.mjs": "export const late = await 'changed';" });
    assert.equal(await session.run("late"), "first");
  });
});

test("the `imports` of a package.json are read by the conditions of an `import`", async () => {
  const session = new Session();
  assert.equal(await session.run('import { kind } from "#kind"; kind'), "imported");
});
