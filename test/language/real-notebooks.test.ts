import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder({
  "node_modules/extends-global/package.json": { name: "extends-global", types: "index.d.ts" },
  "node_modules/extends-global/index.js": "globalThis.extended = () => 'e';",
  "node_modules/extends-global/index.d.ts": "declare global { function extended(): string } export {};",
});

describe("an import for its effects", () => {
  test("gives its types to later cells, too", async () => {
    for (const cell of [
      'import "extends-global";',
      'import "extends-global";\nconst one = 1;',
      'import "extends-global"; let a = 1, b = 2;',
    ]) {
      const session = new Session();
      await session.run(cell);
      await session.run("const between = 1;");
      assert.equal(await session.run("extended()"), "e");
    }
  });
});

describe("the first line of a cell", () => {
  test("may name a library, for later cells too", async () => {
    const session = new Session();
    await session.run('/// <reference lib="dom" />\nlet element: HTMLElement | undefined;');
    assert.equal(
      await session.run("let other: HTMLElement | undefined = element; typeof other"),
      "undefined",
    );
  });

  test("may be a shebang", async () => {
    for (const javascript of [false, true]) {
      assert.equal(await new Session({ javascript }).run("#!/usr/bin/env node\n1 + 1"), 2);
    }
  });
});

test("a `return` at the top is refused in JavaScript as in TypeScript", async () => {
  for (const javascript of [false, true]) {
    const session = new Session({ javascript });
    for (const cell of ["1; return 5;", "if (true) { return }", "for (const each of [1]) return each;"]) {
      assert.match(await session.refusal(cell), /^TS1108 /, cell);
    }
    assert.equal(await session.run("[1].map(() => { return 2 })[0]"), 2);
  }
});

test("a diagnostic stands inside of the cell", () => {
  for (const [cell, line, character] of [
    ["const t = `unterminated", 0, 23],
    ["const t = `unterminated\n", 0, 23],
    ["let a = 1;\nfunction f() {\n\n", 1, 14],
    ["[1, 2", 0, 5],
  ] as const) {
    const { diagnostics } = new Session().language.convert("", cell, { fileName: "x" });
    assert.deepEqual([diagnostics[0]?.start.line, diagnostics[0]?.start.character], [line, character], cell);
    assert.ok(
      diagnostics.every(({ end }) => end.offset <= cell.trimEnd().length),
      cell,
    );
  }
});

test("WebAssembly is known, in later cells too", async () => {
  const session = new Session();
  await session.run(
    "const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]); const made: WebAssembly.Module = new WebAssembly.Module(bytes);",
  );
  assert.equal(await session.run("WebAssembly.validate(bytes)"), true);
  assert.equal(await session.run("made instanceof WebAssembly.Module"), true);
  assert.equal(
    await session.run("(await WebAssembly.instantiate(bytes)).instance.exports !== undefined"),
    true,
  );
  assert.match(await session.refusal("WebAssembly.nothing"), /^TS2339 /);
});
