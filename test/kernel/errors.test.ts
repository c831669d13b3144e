import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { enterFolder, writeFiles } from "../helpers/folder.js";
import { KernelClient } from "../helpers/kernel-client.js";

const folder = enterFolder();

describe("errors", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  /** Runs a cell that fails and checks what holds for every failure. */
  async function fail(code: string) {
    const { reply, iopub, stderr, stdout } = await kernel.execute(code);
    const { status, execution_count, payload, ...failure } = reply.content;
    assert.equal(status, "error");
    const errors = iopub.filter(({ header }) => header.msg_type === "error");
    assert.deepEqual(
      errors.map(({ content }) => content),
      [failure],
    );
    assert.deepEqual([stdout, stderr], ["", ""]);
    const text = stripVTControlCharacters(failure.traceback.join("\n"));
    return { ...failure, text, number: execution_count as number };
  }

  test("stacks are those of cells again when a cell's own Error.prepareStackTrace is taken away", async () => {
    const { result } = await kernel.execute(`
      Error.prepareStackTrace = (_, sites) => sites.length > 0;
      const ofCell: unknown = new Error("own").stack;
      Error.prepareStackTrace = undefined;
      [ofCell, new Error("usual").stack.split("\\n").length]`);
    assert.equal(result, "[ true, 2 ]");
    const { text, number } = await fail("throw new RangeError('usual')");
    assert.deepEqual(text.split("\n"), ["RangeError: usual", `    at cell[${number}].ts:1:7`]);
  });

  test("an exception is one error message, the same in the reply, with frames of cells only", async () => {
    await kernel.execute("function inner(n: number): never {\n  throw new TypeError('no ' + n);\n}");
    const { ename, evalue, text, traceback, number } = await fail(
      "const twice = () => {\n  inner(2);\n};\ntwice();",
    );
    assert.deepEqual([ename, evalue], ["TypeError", "no 2"]);
    const lines = text.split("\n");
    assert.equal(lines[0], "TypeError: no 2");
    assert.match(lines[1], new RegExp(`^    at .*inner \\(cell\\[${number - 1}\\]\\.ts:\\d+:\\d+\\)$`));
    assert.match(lines[2], new RegExp(`^    at twice \\(cell\\[${number}\\]\\.ts:\\d+:\\d+\\)$`));
    assert.equal(lines.length, 4);
    assert.ok(traceback[0].startsWith("\u001b[0;31mTypeError\u001b[0m"));
  });

  test("a type error's number and line are in the colour of the text, which every theme shows", async () => {
    const { traceback, number } = await fail("const count: number = 'three';");
    assert.deepEqual(traceback, [
      `cell[${number}].ts:1:7 - \u001b[0;31merror\u001b[0m TS2322: Type 'string' is not assignable to type 'number'.`,
      "",
      "1 const count: number = 'three';",
      "        \u001b[0;31m^^^^^\u001b[0m",
    ]);
  });

  test("a rejected await and an exception after it are shown like one at once", async () => {
    const rejected = await fail("await Promise.reject(new RangeError('late'))");
    assert.deepEqual([rejected.ename, rejected.evalue], ["RangeError", "late"]);
    const { text, number } = await fail(
      "const f = async () => { await null; throw new Error('deep'); };\nawait f();",
    );
    assert.match(text, new RegExp(`at f \\(cell\\[${number}\\]`));
    assert.ok(!/node:internal|dist\/kernel/.test(text), text);
  });

  test("a failing call of Node's own keeps its frames above the cell's", async () => {
    const { text } = await fail("import { readFileSync } from 'node:fs'; readFileSync('/nowhere')");
    assert.match(text, /^Error: ENOENT[^\n]*\n( {4}at [^\n]*node:fs[^\n]*\n)+ {4}at cell\[/);
    assert.match(text, /code: 'ENOENT'/);
    assert.ok(!text.includes("runCell"));
  });

  test("cause, the errors of an AggregateError and own properties are shown", async () => {
    const caused = await fail(
      "throw new Error('outer', { cause: new TypeError('inner', { cause: 'root' }) })",
    );
    for (const part of ["Error: outer", "[cause]: TypeError: inner", "[cause]: 'root'"]) {
      assert.ok(caused.text.includes(part), caused.text);
    }
    const aggregate = await fail(
      "await Promise.any([Promise.reject(new Error('one')), Promise.reject('two')])",
    );
    assert.equal(aggregate.ename, "AggregateError");
    assert.ok(aggregate.text.includes("Error: one") && aggregate.text.includes("'two'"), aggregate.text);
    const own = await fail("throw Object.assign(new Error('e'), { detail: { a: 1 } })");
    assert.match(own.text, /detail: \{ a: 1 \}/);
    const named = await fail(
      "class OwnError extends Error { name = 'OwnError'; }\nthrow new OwnError('mine')",
    );
    assert.deepEqual([named.ename, named.evalue], ["OwnError", "mine"]);
  });

  test("what is thrown and no error is shown as what it is", async () => {
    const expected: [code: string, ename: string, evalue: string][] = [
      ["throw 'text'", "string", "'text'"],
      ["throw 0", "number", "0"],
      ["throw null", "null", "null"],
      ["throw undefined", "undefined", "undefined"],
      ["throw { code: 5 }", "Object", "{ code: 5 }"],
      ["throw new Map([[1, 2]])", "Map", "Map(1) { 1 => 2 }"],
    ];
    for (const [code, ename, evalue] of expected) {
      const failure = await fail(code);
      assert.deepEqual([failure.ename, failure.evalue], [ename, evalue]);
      assert.equal(failure.text, `Thrown: ${evalue}`);
    }
  });

  test("an error that cannot be shown still is one", async () => {
    const hostile = "throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1; } })";
    assert.equal((await kernel.execute(hostile)).reply.content.status, "error");
    const proxied = "throw new Proxy(new Error('x'), { get() { throw new Error('trap'); } })";
    assert.equal((await kernel.execute(proxied)).reply.content.status, "error");
    assert.equal((await kernel.execute("'alive'")).result, "'alive'");
  });

  test("a type error shows code, message, line and a caret, and nothing runs", async () => {
    const { ename, evalue, text, number } = await fail("console.log('no');\nconst n: number = 'a';");
    assert.equal(ename, "TypeScriptError");
    assert.equal(evalue, "TS2322: Type 'string' is not assignable to type 'number'.");
    assert.equal(
      text,
      [
        `cell[${number}].ts:2:7 - error TS2322: Type 'string' is not assignable to type 'number'.`,
        "",
        "2 const n: number = 'a';",
        "        ^",
      ].join("\n"),
    );
  });

  test("several diagnostics are one error, and so is a syntax error", async () => {
    const { evalue, text } = await fail("const a: number = 'a';\nconst b: string = 1;");
    assert.match(evalue, /^TS2322: .* \(and 1 more\)$/);
    assert.equal(text.match(/error TS2322/g)?.length, 2);
    const syntax = await fail("const = 5;");
    assert.match(syntax.evalue, /^TS1\d{3}: /);
  });

  test("what comes again says only its places, and what follows from a syntax error is not told", async () => {
    const { evalue, text } = await fail("const a = missing + 1;\nconst b = [missing, other];");
    assert.match(evalue, /'missing'\. \(and 1 more\)$/);
    assert.ok(text.includes("  The same at 2:12\n") && text.match(/error TS/g)?.length === 2, text);
    const broken = await fail("function f(a: number, b: {");
    assert.equal(broken.text.match(/error TS/g)?.length, 1, broken.text);
  });

  test("a failing cell in a silent request publishes nothing", async () => {
    const { types, reply } = await kernel.execute("const n: number = 'a'", { silent: true });
    assert.deepEqual(types, ["status", "status"]);
    assert.equal(reply.content.ename, "TypeScriptError");
  });
});

test("an import of a name that is missing fails in the cell's line alone", async () => {
  const kernel = await KernelClient.start({ javascript: true });
  try {
    const { reply } = await kernel.execute('1;\nimport { missing } from "node:fs";');
    assert.equal(reply.content.ename, "SyntaxError");
    const frames = reply.content.traceback.filter((line: string) => line.startsWith("    at "));
    assert.deepEqual(
      frames.map((frame: string) => frame.replace(/:\d+$/, "")),
      ["    at cell[1].js:2"],
    );
  } finally {
    await kernel.stop();
  }
});

test("what V8 alone refuses is shown in the cell's own line, and the kernel goes on", async () => {
  const kernel = await KernelClient.start({ javascript: true });
  try {
    for (const [code, line, column, text] of [
      ["yield 1", 1, 7, "yield 1"],
      ["const fine = 1;\n\tlet n = /a/gg;\nfine", 2, 10, "\tlet n = /a/gg;"],
      ["await 0;\r\nobj?.x = 1", 2, 1, "obj?.x = 1"],
      ["class Two { #a;\n  #a }", 2, 5, "  #a }"],
      ["import 'node:fs';\n(function (a, a) { 'use strict' })", 2, 15, "(function (a, a) { 'use strict' })"],
      ["1;\nthrow\n1", 2, 6, "throw"],
    ] as const) {
      const { reply } = await kernel.execute(code);
      const { ename, traceback, execution_count: count } = reply.content;
      assert.equal(ename, "SyntaxError");
      const shown = stripVTControlCharacters(traceback.join("\n")).split("\n");
      assert.equal(shown[1], `    at cell[${count}].js:${line}:${column}`, code);
      const marks = `  ${text.slice(0, column - 1).replace(/[^\t]/g, " ")}^`;
      assert.deepEqual(shown.slice(2), ["", `${line} ${text}`, marks]);
    }
    assert.equal((await kernel.execute("'next'")).result, "'next'");
  } finally {
    await kernel.stop();
  }
});

test("an error in a file that a cell imports is shown in the file's line", async () => {
  writeFiles(folder, { "unfinished.js": "export const a = 1;\nexport const b = ;\n" });
  const kernel = await KernelClient.start({ cwd: folder });
  try {
    const { reply } = await kernel.execute('import { b } from "./unfinished.js";');
    const shown = stripVTControlCharacters(reply.content.traceback.join("\n")).split("\n");
    assert.match(shown[0] ?? "", /^unfinished\.js:2:18 - error TS1109: /);
    assert.deepEqual(shown.slice(2), ["2 export const b = ;", `  ${" ".repeat(17)}^`]);
  } finally {
    await kernel.stop();
  }
});

test("what is wrong in a module of a package, or of one's own, is shown in the module's line", async () => {
  const own = {
    "twice.mjs": "export const fine = 1;\nlet same = 1; let same = 2;",
    "asks.mjs": "\nimport { gone } from './gives.mjs';\nexport default gone;",
    "asks-default.mjs": "import gone from './gives.mjs';\nexport default gone;",
    "gives.mjs": "export const given = 1;",
    "through.ts": 'export { fine } from "./twice.mjs";',
  };
  const inner = {
    "package.json": '{ "name": "broken", "type": "module", "exports": "./index.js" }',
    "index.js": "globalThis.hasRun = true;\nexport * from './lib/inner.js';\nexport * from './lib/other.js';",
    "lib/other.js": "globalThis.hasRun = true;\nexport const a = 2;\nexport const c = 3;",
    "lib/inner.js": "export const a = 1;\n\texport const b = ;",
  };
  const ofPackage = Object.entries(inner).map(([name, text]) => [`node_modules/broken/${name}`, text]);
  writeFiles(folder, { ...own, ...Object.fromEntries(ofPackage) });
  const kernel = await KernelClient.start({ cwd: folder, javascript: true });
  try {
    for (const [code, file, line, column] of [
      ['import "broken";', "node_modules/broken/lib/inner.js", 2, 19],
      ['await import("broken");', "node_modules/broken/lib/inner.js", 2, 19],
      ['import { fine } from "./twice.mjs";', "twice.mjs", 2, 19],
      ['import { fine } from "./through";', "twice.mjs", 2, 19],
      ['import x from "./asks.mjs";', "asks.mjs", 2, 10],
      ['import x from "./asks-default.mjs";', "asks-default.mjs", 1, 8],
    ] as const) {
      const { reply } = await kernel.execute(code);
      const shown = stripVTControlCharacters(reply.content.traceback.join("\n")).split("\n");
      assert.equal(reply.content.ename, "SyntaxError");
      assert.equal(shown[1], `    at ${folder}/${file}:${line}:${column}`, code);
      assert.equal(shown.length, 5);
      assert.equal(shown[4]?.length, column + 2);
    }
    assert.equal((await kernel.execute("globalThis.hasRun")).result, undefined);
  } finally {
    await kernel.stop();
  }
});
