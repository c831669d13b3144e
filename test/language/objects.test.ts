import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder();

for (const javascript of [false, true]) {
  const session = new Session({ javascript });
  await session.run("const a = 1, b = 2; const f = () => 3; let counter = 0;");

  describe(`a cell that is an object literal, in ${javascript ? "JavaScript" : "TypeScript"}`, () => {
    const objects: [cell: string, value: unknown][] = [
      ["{ a: 1 }", { a: 1 }],
      ["{}", {}],
      ["{ a }", { a: 1 }],
      ["{ a, b }", { a: 1, b: 2 }],
      ["{ a: 1, b: 'x' }", { a: 1, b: "x" }],
      ["{ 'a': 1 }", { a: 1 }],
      ["{ [b]: 1, ...{ c: 3 } }", { 2: 1, c: 3 }],
      ["{ a: { b: { c: 1 } } }", { a: { b: { c: 1 } } }],
      ["{ a: await Promise.resolve(7) }", { a: 7 }],
      ["  \n{ a: f() }\n  ", { a: 3 }],
      ["// first\n{ a: 1, // one\n b }\n// last", { a: 1, b: 2 }],
      ["/** about it */ { a: 1 } // last", { a: 1 }],
      ["{ a: [1, 2] }.a.length", 2],
      ["{ get a() { return 4 } }.a", 4],
      ["{ f() { return 5 } }.f()", 5],
    ];
    for (const [cell, value] of objects) {
      test(`has a value: ${JSON.stringify(cell)}`, async () => {
        assert.deepEqual(await session.run(cell), value);
      });
    }

    const blocks = [
      "{ a: 1 };",
      "{ a: 1 }\n{ b: 2 }",
      "{ counter = 1 }",
      "{ counter = 1; }",
      "{ a: { counter = 1 } }",
      "{ f() }",
      "{ if (a) { counter++ } }",
      "{ while (counter < 0) { counter++ } }",
      "{ const c = 1; }",
      "{ f()\n{ counter++ } }",
    ];
    for (const cell of blocks) {
      test(`stays a block: ${JSON.stringify(cell)}`, async () => {
        assert.equal(await session.run(cell), undefined);
      });
    }

    test("runs as a block what only a block can be", async () => {
      await session.run("counter = 0");
      await session.run("{ if (a) { counter++ } }");
      await session.run("{ counter += 1 }");
      assert.equal(await session.run("counter"), 2);
    });
  });
}

describe("places in a cell that is an object literal", () => {
  const session = new Session();
  const { language } = session;

  test("are those of what the user wrote, for errors of types and of syntax", () => {
    const diagnosticsOf = (cell: string) =>
      language
        .convert("", cell, { fileName: "objects.ts" })
        .diagnostics.map(({ start, end }) => cell.slice(start.offset, end.offset));
    assert.deepEqual(diagnosticsOf("{ a: nowhere }"), ["nowhere"]);
    assert.deepEqual(diagnosticsOf("// x\n{\n  a: 1,\n  b: nowhere + 1,\n  a: 2 }"), ["nowhere", "a"]);
    assert.deepEqual(diagnosticsOf("{\n // @ts-expect-error\n a: nowhere,\n b: elsewhere }"), ["elsewhere"]);
  });

  test("are right for inspection, completion and frames", async () => {
    await session.run("const point = { left: 1 }; const fail = () => { throw new Error('x') };");
    assert.match(language.inspect(session.declarations, "{ a: point }", 7) ?? "", /const point/);
    assert.ok(
      language
        .complete(session.declarations, "{ a: point. }", 11)
        .matches.some(({ text }) => text === "left"),
    );
    const error = await session.run("{ a: 1,\n  b: fail() }").then(
      () => assert.fail("Expected the cell to throw"),
      (reason: Error) => reason,
    );
    const places = [...(error.stack ?? "").matchAll(/\((\S+):(\d+):(\d+)\)|at (\S+):(\d+):(\d+)/g)].flatMap(
      ([, f1, l1, c1, f2, l2, c2]) => {
        const place = { fileName: f1 ?? f2 ?? "", line: Number(l1 ?? l2), column: Number(c1 ?? c2) };
        const found = language.mapStackFrame(place);
        return found ? [`${found.line}:${found.column}`] : [];
      },
    );
    assert.equal(places[1], "2:6");
  });

  test("are judged complete by a console", () => {
    assert.equal(language.completeness("{ a: 1, b: 2 }").status, "complete");
    assert.equal(language.completeness("{ f() { return 1 } }").status, "complete");
  });
});
