import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { SourceFiles } from "#dist/language/compiler/source-files.js";
import { createLanguage } from "#dist/language/index.js";
import { enterFolder, writeFiles } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

const folder = enterFolder({
  "one/near.ts": "export const near = 1;",
  "two/near.ts": "export const near = '2';",
});
const fileName = "cell[1].ts";

describe("convert() of a cell with errors", () => {
  const language = createLanguage();

  test("declares what it can, and has nothing to run", () => {
    const cell = language.convert("", "const a = 1; const b: string = a; function f() { return b }", {
      fileName,
    });
    assert.deepEqual(
      cell.diagnostics.map(({ code }) => code),
      [2322],
    );
    assert.equal(cell.output, "");
    assert.deepEqual(language.convert(cell.declarations, "f().length + a", { fileName }).diagnostics, []);
    assert.deepEqual(
      language
        .convert(cell.declarations, "const n: number = f();", { fileName })
        .diagnostics.map(({ code }) => code),
      [2322],
    );
  });

  test("tells the place of what is missing within the cell", () => {
    for (const source of ["function f() {", "const x = ", "let y = [1,", "const s = `a", "let z; /* open"]) {
      const { diagnostics } = language.convert("", source, { fileName });
      assert.ok(diagnostics.length > 0, source);
      for (const { start, end } of diagnostics) {
        assert.ok(
          start.line === 0 && end.offset <= source.length,
          `${source} ${JSON.stringify({ start, end })}`,
        );
      }
    }
  });
});

describe("one process", () => {
  test("compiles cells of several notebooks in turn, each by its own declarations", () => {
    const language = createLanguage();
    const first = language.convert("", "const a = 1;", { fileName });
    const second = language.convert("", "const a = 'text';", { fileName });
    assert.deepEqual(language.convert(first.declarations, "a.toFixed()", { fileName }).diagnostics, []);
    assert.deepEqual(language.convert(second.declarations, "a.length", { fileName }).diagnostics, []);
    assert.equal(language.convert("", "a", { fileName }).diagnostics[0]?.code, 2304);
  });

  test("has languages of several folders, which share what they have parsed", () => {
    const files = new SourceFiles(loadCompiler());
    for (const [name, cell] of [
      ["one", "near.toFixed()"],
      ["two", "near.length"],
    ] as const) {
      const language = createLanguage({ directory: join(folder, name), files });
      const source = `import { near } from "./near"; ${cell}`;
      assert.deepEqual(language.convert("", source, { fileName }).diagnostics, []);
      language.close();
    }
  });

  test("keeps the @module cells of two languages in one folder apart", () => {
    const [one, other] = [createLanguage(), createLanguage()];
    assert.deepEqual(one.addModule("inner", "export const x = 1;", {}), []);
    assert.deepEqual(other.addModule("inner", "export const x = 'a';", {}), []);
    assert.deepEqual(
      one.convert("", "import { x } from './inner'; x.toFixed()", { fileName }).diagnostics,
      [],
    );
    assert.deepEqual(
      other.convert("", "import { x } from './inner'; x.length", { fileName }).diagnostics,
      [],
    );
  });
});

describe("a cell", () => {
  test("may extend a module and the global scope", async () => {
    const session = new Session();
    await session.run("declare module 'node:os' { export const extra: number }\nconst beside = 1;");
    assert.equal(await session.run("import os from 'node:os'; typeof os.EOL + beside"), "string1");
  });

  test("that is a string is its value", async () => {
    assert.equal(await new Session().run("'use client'"), "use client");
  });

  test("sees a changed file though the cell before it did not compile", async () => {
    writeFiles(folder, { "changing.ts": "export const value = 'first';" });
    const session = new Session();
    await session.run("import { value } from './changing';");
    writeFiles(folder, { "changing.ts": "export const value = 'the second';" });
    assert.match(await session.refusal("const n: number = value;"), /^TS2322 /);
    assert.equal(await session.run("value"), "the second");
  });
});
