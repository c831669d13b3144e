import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder({
  "lib.ts": "export const fromLib = 1; export function libFunction() {}",
  "inner/deep.ts": "export const deep = 1",
  "node_modules/some-package/package.json": '{ "name": "some-package", "version": "1.0.0", "main": "i.js" }',
  "node_modules/some-package/i.js": "exports.one = 1;",
  "package.json": '{ "dependencies": { "some-package": "1" } }',
});
const session = new Session();
await session.run(
  "/** Length of things. */\nconst measure = { metres: 1, miles: 2 };\nnamespace Maps { export const north = 1 }\nfunction f(a: number): string { return '' + a }",
);

const complete = (text: string) => {
  const offset = text.indexOf("|");
  return session.language.complete(session.declarations, text.replace("|", ""), offset);
};
const inspect = (text: string) =>
  session.language.inspect(session.declarations, text.replace("|", ""), text.indexOf("|"));

describe("complete()", () => {
  test("offers members and names of other cells, with what they replace", () => {
    const members = complete("measure.me|");
    assert.deepEqual(members.matches[0], { text: "metres", type: "property" });
    assert.deepEqual([members.start, members.end], [8, 10]);
    assert.ok(complete("1; meas|").matches.some(({ text }) => text === "measure"));
    assert.deepEqual(
      complete("Maps.|").matches.map(({ text }) => text),
      ["north"],
    );
  });

  test("offers names of the same cell and of Node", () => {
    assert.equal(complete("const ownName = 1;\nownN|").matches[0]?.text, "ownName");
    assert.equal(complete("process.nextT|").matches[0]?.text, "nextTick");
  });

  test("replaces the part of a path, a private name and a word that is typed already", () => {
    const path = complete('import x from "node:f|');
    assert.deepEqual([path.start, path.end], [15, 21]);
    assert.equal(path.matches[0]?.text, "node:fs");
    const own = complete("class A { #secret = 1; read() { return this.#se|; } }");
    assert.equal(own.matches[0]?.text, "#secret");
    assert.equal(own.start, 44);
    assert.ok(complete("measure.miles|").matches.some(({ text }) => text === "miles"));
  });

  const texts = (text: string) => complete(text).matches.map((match) => match.text);

  test("offers what a module exports inside of an import's brackets", () => {
    assert.ok(texts('import { | } from "node:fs"').includes("readFileSync"));
    assert.equal(texts('import { readF| } from "node:fs"')[0], "readFile");
    assert.ok(texts('import { type Sta| } from "node:fs"').includes("Stats"));
    assert.ok(texts('import { readFile, writeF| } from "node:fs/promises"').includes("writeFile"));
    assert.deepEqual(texts('import { from| } from "./lib"'), ["fromLib"]);
    assert.ok(texts('export { | } from "./lib"').includes("libFunction"));
    assert.ok(texts('const { readF| } = await import("node:fs")').includes("readFile"));
  });

  test("offers files, folders and packages where a module's name stands", () => {
    for (const [before, after] of [
      ['import { x } from "', '"'],
      ["import x from '", "';"],
      ['import "', '"'],
      ['export * from "', '"'],
      ['const m = await import("', '")'],
      ['const m = require("', '")'],
    ] as const) {
      const completed = (typed: string) => {
        const { start, end, matches } = complete(`${before}${typed}|${after}`);
        const all = before + typed + after;
        return matches.map(({ text }) => (all.slice(0, start) + text + all.slice(end)).slice(before.length));
      };
      assert.ok(completed("./").includes(`./lib${after}`), before);
      assert.ok(completed("./").includes(`./inner${after}`), before);
      assert.deepEqual(completed("./inner/d"), [`./inner/deep${after}`]);
      assert.deepEqual(completed("some-p"), [`some-package${after}`]);
      assert.ok(completed("").includes(`node:fs${after}`));
      assert.equal(completed("node:fs/p")[0], `node:fs/promises${after}`);
    }
  });

  test("offers members in JavaScript, and not every word", () => {
    const javascript = new Session({ javascript: true });
    const source = "const someWord = 1; const point = { left: 1 }; point.";
    const { matches } = javascript.language.complete("", source, source.length);
    assert.ok(matches.some(({ text }) => text === "left"));
    assert.ok(!matches.some(({ text }) => text === "someWord"));
  });

  test("changes nothing that a cell sees", async () => {
    complete("let half = |");
    assert.equal(await session.run("measure.miles"), 2);
  });
});

describe("inspect()", () => {
  test("tells type and documentation", () => {
    const text = inspect("measu|re");
    assert.match(text ?? "", /const measure: \{/);
    assert.match(text ?? "", /Length of things\./);
    assert.equal(inspect("|f"), "function f(a: number): string");
    assert.match(inspect("[1].ma|p") ?? "", /Calls a defined callback function/);
  });

  test("tells comments as Markdown: links by what they show, tags by their names, examples as code", async () => {
    await session.run(
      "/** Sees {@link measure}.\n * @deprecated\n * @returns one\n * @example seen()\n */\nfunction seen() { return 1 }",
    );
    assert.equal(
      inspect("seen|"),
      "function seen(): number\n\nSees `measure`.\n@deprecated\n@returns one\n@example\n```typescript\nseen()\n```",
    );
  });

  test("tells the signature of the call whose brackets are around the cursor", async () => {
    await session.run(
      "/** Measures. @param width in metres */\nfunction area(width: number, height: number) { return width * height; }",
    );
    const signature = /^area\(width: number, height: number\): number/;
    for (const text of [
      "area(|)",
      "area(|",
      "area(1, |)",
      "area(1|, 2)",
      "[area( | )]",
      "area(1, [2|][0])",
    ]) {
      assert.match(inspect(text) ?? "", signature, text);
    }
    assert.match(inspect("area(|)") ?? "", /Measures\./);
    assert.match(inspect("area(f(|))") ?? "", /^f\(a: number\): string/);
    assert.match(inspect("[1].map(|)") ?? "", /Calls a defined callback function/);
    assert.match(inspect("new Map<string, number>(|)") ?? "", /Map/);
    assert.match(inspect("area(measu|re.miles, 1)") ?? "", /const measure/);
  });

  test("is right for the first question of a session", () => {
    for (const [source, expected] of [
      ["process.argv", /argv: string\[\]/],
      ["setTimeout", /function setTimeout/],
      ["Buffer.from", /from\(/],
      ["console.log(", /log\(/],
    ] as const) {
      const fresh = new Session();
      const first = fresh.language.inspect("", source, source.length);
      assert.match(first ?? "", expected);
      assert.equal(first, fresh.language.inspect("", source, source.length));
    }
  });

  test("tells nothing about an unknown name", () => {
    assert.equal(inspect("unknow|n"), undefined);
    assert.equal(inspect("|"), undefined);
  });
});

describe("completeness()", () => {
  const status = (source: string) => session.language.completeness(source).status;

  test("tells apart what is complete, what goes on and what is wrong", () => {
    assert.equal(status("let x = 1"), "complete");
    assert.equal(status("function f() {"), "incomplete");
    assert.equal(status("`open"), "incomplete");
    assert.equal(status("f(1,"), "incomplete");
    assert.equal(status("import = 7q"), "invalid");
    assert.equal(status("await (1)"), "complete");
  });

  for (const source of [
    ...[
      "{ a: 1, b: 2",
      "{ a: [1,",
      "`a ${b",
      "<div><b>hi</b>",
      "<>",
      "<div className=",
      "@dec",
      "@dec()\nclass A {",
    ],
    ...[
      "if (x)",
      "if (x) {}\nelse",
      "function f()",
      "try { f() }",
      "do { f() }",
      "x ? 1 :",
      "class A extends B",
    ],
  ]) {
    test(`waits for more of ${JSON.stringify(source)}`, () => assert.equal(status(source), "incomplete"));
  }

  for (const source of [
    "<div>hi</div>",
    "<A />",
    "declare function f(): void",
    "function f(): void;",
    "{ a: 1 }",
  ]) {
    test(`takes for complete ${JSON.stringify(source)}`, () => assert.equal(status(source), "complete"));
  }

  for (const source of ["<div></span>", "{ a: 1 }}", "f(]", "{ a b"]) {
    test(`takes for wrong ${JSON.stringify(source)}`, () => assert.equal(status(source), "invalid"));
  }

  test("indents the next line by the one before it, and more after an open bracket", () => {
    const indent = (source: string) => session.language.completeness(source).indent;
    assert.equal(indent("if (true) {"), "  ");
    assert.equal(indent("if (true) {\n  f(1,"), "    ");
    assert.equal(indent("if (true) {\n  f();"), "  ");
    assert.equal(indent("`open"), "");
  });
});

test("version is known at once and is that of the compiler", async () => {
  assert.match(session.language.version, /^6\.0\./);
});
