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
  test("cells are strict", async () => {
    const session = new Session();
    assert.match(await session.refusal("function f(x) { return x }"), /^TS7006 /);
    assert.match(await session.refusal("const a: { b?: number } = {}; a.b.toFixed()"), /^TS18048 /);
    assert.match(await session.refusal("try {} catch (error) { error.message }"), /^TS18046 /);
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
    const session = project({ strict: false });
    assert.equal(await session.run("function f(x) { return x }\nf(1)"), 1);
  });

  test("sets `lib` and `types`", async () => {
    const session = project({ lib: ["es2022", "dom"] });
    assert.equal(await session.run("typeof (0 as unknown as Document)"), "number");
    assert.match(await session.refusal("[1].toSorted()"), /^TS2550 /);
    writeFiles(folder, { "node_modules/@types/special/index.d.ts": "declare const special: 5;" });
    assert.match(await project({}).refusal("special"), /^TS2304 /);
    assert.equal(await project({ types: ["special"] }).run("typeof special"), "undefined");
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

  test("sets `target`, but never above what Node runs", async () => {
    assert.equal(
      await project({ target: "es2019" }).run("(() => null?.['x']).toString().includes('?.')"),
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

  test("may extend another, and is found from a folder below", async () => {
    writeFiles(folder, {
      "base.json": { compilerOptions: { strict: false } },
      "tsconfig.json": { extends: "./base.json" },
      "below/x": "",
    });
    process.chdir("below");
    assert.equal(await new Session().run("function f(x) { return x }\nf(2)"), 2);
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
