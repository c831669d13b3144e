import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder, writeFiles } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

const folder = enterFolder();

function project(compilerOptions: object): Session {
  writeFiles(folder, { "tsconfig.json": { compilerOptions } });
  return new Session();
}

describe("without a tsconfig.json", () => {
  test("cells are as strict as the TypeScript of stock notebooks", async () => {
    const session = new Session();
    assert.equal(await session.run("const twice = (x) => x * 2; twice(4)"), 8);
    assert.equal(await session.run("const o = { inner: null }; o?.inner?.z"), undefined);
    await session.run(
      "class Late { name: string } let maybe: { b?: number } = {}; maybe.b?.toFixed(); maybe = null;",
    );
    assert.equal(
      await session.run("try { throw new Error('e') } catch (error) { error.message }"),
      undefined,
    );
    assert.match(await session.refusal("const n: number = 'text';"), /^TS2322 /);
    assert.match(await session.refusal("twice(1, 2)"), /^TS2554 /);
  });

  test("the types are those of the running Node, far from any project", async () => {
    const session = new Session();
    assert.deepEqual(await session.run("[typeof fetch, typeof crypto.randomUUID(), [2, 1].toSorted()]"), [
      "function",
      "string",
      [1, 2],
    ]);
    assert.equal(
      await session.run("typeof setTimeout(() => {}, 0).unref().hasRef() + typeof structuredClone"),
      "booleanfunction",
    );
    assert.match(await session.refusal("document"), /^TS2584 /);
  });
});

describe("a notebook says how strict it is", () => {
  const implicit = "function f(x) { return x }";
  const possiblyNull = "const found = 'a'.match(/a/); found.length";

  test("by a comment in its first cell, for all cells", async () => {
    for (const comment of [
      "// @strict: true",
      "// @strict",
      "/** @strict */",
      "#!/usr/bin/env tslab\n// My notebook\n// @strict: true",
    ]) {
      const session = new Session();
      await session.run(`${comment}\nlet first = 1;`);
      assert.match(await session.refusal(implicit), /^TS7006 /, comment);
      assert.match(await session.refusal(possiblyNull), /^TS18047 /, comment);
    }
  });

  test("by parts, in the cell itself too, and otherwise in a later cell", async () => {
    const session = new Session();
    assert.match(await session.refusal(`// @strictNullChecks: true\n${possiblyNull}`), /^TS18047 /);
    await session.run("// @strict: true\n// @noImplicitAny: false");
    await session.run(implicit);
    assert.match(await session.refusal(possiblyNull), /^TS18047 /);
    await session.run("// @strict: false");
    assert.equal(await session.run(possiblyNull), 1);
  });

  test("not by a comment further down, or in a text", async () => {
    const session = new Session();
    await session.run("const text = `\n// @strict: true`; // @strict");
    await session.run(implicit);
  });

  test("by its metadata, which a comment outdoes", async () => {
    const session = new Session({ settings: { strict: true } });
    assert.match(await session.refusal(implicit), /^TS7006 /);
    await session.run("// @strict: false");
    await session.run(implicit);
  });

  test("never so that a package without types is an error", async () => {
    writeFiles(folder, {
      "node_modules/untyped/package.json": { name: "untyped" },
      "node_modules/untyped/index.js": "module.exports = (text) => text.length; module.exports.sub = 1;",
    });
    const session = new Session({ settings: { strict: true } });
    await session.run(
      'import length from "untyped"; import { sub } from "untyped"; import * as all from "untyped";',
    );
    assert.deepEqual(await session.run("[length('1d'), sub, all.sub]"), [2, 1, 1]);
    assert.equal(await session.run('(await import("untyped")).default("abc")'), 3);
  });
});

describe("the types of Node", () => {
  test("are there in the first cell that needs them, for what earlier cells declared too", async () => {
    const session = new Session();
    assert.equal(await session.run("const c = console; let n = 1; c.log; n"), 1);
    assert.match(await session.refusal("c.dir(n, { depht: 1 })"), /^TS2561 /);
    assert.equal(await session.run("process.pid > 0 && typeof c.dir"), "function");
  });

  test("are there for what a cell does not name", async () => {
    for (const cell of [
      "const later: Console['dir'] = 1",
      "function stop(this: NodeJS.Process): void { this.exit({}) }",
      "type Names = keyof typeof globalThis; const name: Names = 'proces'",
      "Error.captureStackTrace(1)",
      "new TextDecoder().decode('no')",
    ]) {
      assert.match(await new Session().refusal(cell), /^TS2(322|345|769|820) /, cell);
    }
  });

  test("may be read beforehand", async () => {
    const session = new Session();
    await session.run("let n = 1;");
    session.language.loadAllTypes();
    assert.equal(await session.run("console.log; n"), 1);
    assert.match(await session.refusal("process.pid.none"), /^TS2339 /);
    session.language.loadAllTypes();
    assert.equal(await session.run("n += process.pid; n > 1"), true);
  });

  test("are there for completion and inspection", () => {
    const { language } = new Session();
    assert.ok(
      language.complete("", "structuredC", 11).matches.some(({ text }) => text === "structuredClone"),
    );
    assert.match(new Session().language.inspect("", "setTimeout", 4) ?? "", /NodeJS\.Timeout/);
  });
});

describe("the types of Node's larger modules", () => {
  test("are there when they are imported, and not mistaken before", async () => {
    const session = new Session();
    assert.match(await session.refusal('import { none } from "node:http2"'), /^TS2305 /);
    await session.run(
      'import * as http2 from "http2"; import { Session as Inspector } from "node:inspector";',
    );
    assert.equal(
      await session.run("typeof http2.constants.HTTP2_HEADER_STATUS + typeof new Inspector().post"),
      "stringfunction",
    );
    assert.match(await session.refusal("http2.connect(5)"), /^TS2345 /);
    assert.equal(
      await session.run(
        'import type { TestContext } from "node:test"; const name = (t: TestContext) => t.name; name.length',
      ),
      1,
    );
    assert.match(
      await session.refusal(
        'import type { TestContext } from "node:test"; const f = (t: TestContext) => t.nothing;',
      ),
      /^TS2339 /,
    );
  });

  test("are there for process.getBuiltinModule", async () => {
    const session = new Session();
    assert.match(await session.refusal('process.getBuiltinModule("node:cluster").nothing'), /^TS2339 /);
    assert.equal(await session.run('process.getBuiltinModule("node:zlib").gzipSync("a").length > 0'), true);
  });

  test("are there for the declarations of packages", async () => {
    writeFiles(folder, {
      "node_modules/server/package.json": { name: "server", types: "index.d.ts" },
      "node_modules/server/index.js": "exports.status = (headers) => headers[':status'];",
      "node_modules/server/index.d.ts":
        'import type { IncomingHttpStatusHeader } from "http2"; export declare function status(headers: IncomingHttpStatusHeader): number | undefined;',
    });
    const session = new Session();
    await session.run('import { status } from "server";');
    assert.equal(await session.run('status({ ":status": 200 })?.toFixed(1)'), "200.0");
    assert.match(await session.refusal('status({ ":status": "x" })'), /^TS2322 /);
  });
});

describe("the nearest tsconfig.json", () => {
  test("sets `strict`", async () => {
    assert.match(await project({ strict: true }).refusal("function f(x) { return x }"), /^TS7006 /);
    const session = project({ strict: true, noImplicitAny: false });
    assert.equal(await session.run("function f(x) { return x }\nf(1)"), 1);
    assert.match(await session.refusal("'a'.match(/a/).length"), /^TS2531 /);
  });

  test("sets `lib` and `types`", async () => {
    const session = project({ lib: ["es2022", "dom"] });
    assert.equal(await session.run("typeof (0 as unknown as Document)"), "number");
    assert.match(await session.refusal("[1].toSorted()"), /^TS2550 /);
    writeFiles(folder, { "node_modules/@types/special/index.d.ts": "declare const special: 5;" });
    assert.match(await project({}).refusal("special"), /^TS2304 /);
    assert.equal(await project({ types: ["special"] }).run("typeof special"), "undefined");
  });

  test("sets `checkJs`, without which JavaScript files are checked only where they ask for it", async () => {
    const wrong =
      "export let n = 1; export function add(a, b) { n = 'x'; return a + (b.missing ?? 'none'); }";
    writeFiles(folder, {
      "plain.js": wrong,
      "plain.mjs": wrong,
      "plain.cjs": "const path = 1; let n = 1; n = 'x'; exports.twice = (a) => 2 * a;",
      "first.cjs": "const same = 1;",
      "second.cjs": "const same = 2;",
      "view.jsx": "/** @jsx h */ const h = (tag) => tag; export const view = <p a={missing => 1} />;",
      "asking.js": `// @ts-check\n${wrong}`,
      "through.ts": "export { add } from './plain.js';",
      "unfinished.js": "export const a = ;",
    });
    for (const strict of [false, true]) {
      const session = project({ strict });
      for (const name of ["plain.js", "plain.mjs", "through.ts"]) {
        assert.equal(await session.run(`import { add } from "./${name}"; add(1, "")`), "1none", name);
      }
      assert.equal(await session.run('import { twice } from "./plain.cjs"; twice(2)'), 4);
      assert.equal(await session.run('import "./first.cjs"; import "./second.cjs"; 1'), 1);
      assert.equal(await session.run('import { view } from "./view.jsx"; view'), "p");
      assert.match(await session.refusal('import { add } from "./asking.js";'), /^TS2322 |^TS7006 /);
      assert.match(await session.refusal('import { a } from "./unfinished.js";'), /^TS1109 1:18 /);
      assert.match(await session.refusal('import { gone } from "./plain.js";'), /^TS2305 /);
      assert.match(await session.refusal("twice(2, 3)"), /^TS2554 /);
    }
    const checking = project({ checkJs: true });
    assert.match(await checking.refusal('import { add } from "./plain.js";'), /^TS2322 /);
    const javascript = new Session({ javascript: true });
    assert.equal(await javascript.run('import { add } from "./plain.js"; add(1, "")'), "1none");
    assert.equal(await javascript.run('import "./first.cjs"; import "./second.cjs"; 1'), 1);
  });

  test("sets `jsx`", async () => {
    writeFiles(folder, {
      "node_modules/ui/package.json": { name: "ui" },
      "node_modules/ui/jsx-runtime.js": "exports.jsx = (tag, props) => [tag, props];",
      "node_modules/ui/jsx-runtime.d.ts":
        "export namespace JSX { interface IntrinsicElements { p: { id: string } } } export declare function jsx(tag: unknown, props: unknown): unknown;",
    });
    for (const jsx of ["react-jsx", "preserve"]) {
      const session = project({ jsx, jsxImportSource: "ui" });
      assert.deepEqual(await session.run('<p id="x" />'), ["p", { id: "x" }]);
    }
  });

  test("sets `jsxFactory` and `jsxFragmentFactory`, which may be variables of earlier cells", async () => {
    const session = project({ jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Group" });
    const types =
      "declare global { namespace JSX { interface IntrinsicElements { [name: string]: object } } }";
    await session.run(`${types}
      function h(...parts: unknown[]) { return [this === undefined, ...parts]; }
      const Group = "group";`);
    assert.deepEqual(await session.run("<><p id='x' /></>"), [true, "group", null, [true, "p", { id: "x" }]]);
    assert.equal(await session.run("((h: (tag: string) => string) => <b />)((tag) => tag)"), "b");
    await session.run("const make = () => <i />; function h(tag: string) { return 'new ' + tag; }");
    assert.equal(await session.run("make()"), "new i");
  });

  test("and `@jsx` sets it for a cell, by a member of a variable, too", async () => {
    const session = new Session();
    const types =
      "declare global { namespace JSX { interface IntrinsicElements { [name: string]: object } } }";
    await session.run(`${types} const dom = { element: (...parts: unknown[]) => parts };`);
    assert.deepEqual(await session.run("/** @jsx dom.element */ <p />"), ["p", null]);
    assert.deepEqual(await session.run("/** @jsx own */ const own = (tag: string) => tag; <p />"), "p");
  });

  test("sets `target`, but never above what Node runs", async () => {
    assert.equal(
      await project({ target: "es2019" }).run("((a?: string[]) => a?.[0]).toString().includes('?.')"),
      false,
    );
    assert.equal(await project({ target: "esnext" }).run("using r = { [Symbol.dispose]() {} }; 1"), 1);
  });

  test("sets the older decorators", async () => {
    const session = project({ experimentalDecorators: true });
    await session.run(
      "const names: string[] = []; function note(_: object, name: string) { names.push(name) }\nclass A { @note run() {} }",
    );
    assert.deepEqual(await session.run("names"), ["run"]);
  });

  test("and the comments of a cell set the older decorators with the types that they are told", async () => {
    const session = new Session();
    await session.run(`// @experimentalDecorators, @emitDecoratorMetadata: true
      import { EventEmitter } from "node:events";
      Object.assign(Reflect, { metadata: (key, value) => (target, name) => { told.push([name, key, value]) } });
      const told = [];
      const injectable = () => (target: object, name?: string) => {};
      class Part { constructor(readonly size = 1) {} }`);
    await session.run(`
      import { Readable } from "node:stream";
      @injectable() class Whole {
        @injectable() next: Whole;
        constructor(part: Part, emitter: EventEmitter, source: Readable, later: Promise<Part>, count: number) {}
      }`);
    assert.deepEqual(
      await session.run(
        "told.map(([name, key, value]) => [name, key, [value].flat().map((each) => each.name)])",
      ),
      [
        ["next", "design:type", ["Whole"]],
        [undefined, "design:paramtypes", ["Part", "EventEmitter", "Readable", "Promise", "Number"]],
      ],
    );
  });

  test("may extend another, and is found from a folder below", async () => {
    writeFiles(folder, {
      "base.json": { compilerOptions: { strict: true } },
      "tsconfig.json": { extends: "./base.json" },
      "below/x": "",
    });
    process.chdir("below");
    assert.match(await new Session().refusal("function f(x) { return x }"), /^TS7006 /);
    process.chdir(folder);
  });
});

describe("the JavaScript kernel", () => {
  const session = new Session({ javascript: true });

  test("has no complaints about types", async () => {
    assert.equal(
      await session.run("let n = 1; n = 'text'; function f(x) { return x.anything } f({}); n"),
      "text",
    );
    assert.equal(await session.run("undeclared = 5; undeclared + n.length"), 9);
    assert.equal(
      await session.run(
        "import { join } from 'path'; await (async () => join('a', n, 1 ? 'b' : undeclared))()",
      ),
      "a/text/b",
    );
    assert.match(String(await session.run("missing").catch(String)), /ReferenceError: missing/);
  });

  test("leaves a global that a cell gives properties to a global", async () => {
    await session.run("const { then } = Promise.prototype; Promise.prototype.mine = then; Promise.mine = 1;");
    assert.equal(await session.run("typeof Promise.resolve + Promise.mine"), "function1");
  });

  test("still refuses what no JavaScript engine takes, and types", async () => {
    await assert.rejects(session.run("const c = 1; c = 2;"), { message: "Assignment to constant variable." });
    await assert.rejects(session.run("({ c } = { c: 3 });"), TypeError);
    await assert.rejects(session.run("c++;"), TypeError);
    assert.equal(await session.run("c"), 1);
    assert.match(await session.refusal("let t: number = 1;"), /^TS8010 /);
    assert.match(await session.refusal("function ( {"), /^TS/);
  });

  test("shares variables between cells", async () => {
    await session.run("let k = 0; const inc = () => ++k; class A { m() { return k } }");
    assert.deepEqual(await session.run("k = 4; inc(); [k, new A().m(), { k }]"), [5, 5, { k: 5 }]);
  });
});
