import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as poolbook from "poolbook";
import * as authoring from "poolbook/course";
import { Session } from "../helpers/session.js";

const session = new Session();
const types = ["TaskRecord", "TaskOutcome", "PoolOptions", "TimelineOptions", "LiveStatus", "CurrentProcess"];

/** What Shift-Tab shows of a name, once it is imported. */
function shownOf(module: string, name: string, use = name): string {
  const code = `import { ${name} } from "${module}";\n${use};`;
  return session.language.inspect(session.declarations, code, code.length - 1) ?? "";
}

describe("Shift-Tab in a notebook", () => {
  for (const name of Object.keys(poolbook)) {
    test(`${name} has a signature and a sentence`, () => {
      assert.match(
        shownOf("poolbook", name),
        new RegExp(`${name}[\\s\\S]*\\n[\\s\\S]*[a-z]+ [a-z]+ [\\s\\S]*\\.`),
      );
    });
  }

  for (const name of Object.keys(authoring)) {
    test(`poolbook/course: ${name} has a signature and a sentence`, () => {
      assert.match(
        shownOf("poolbook/course", name),
        new RegExp(`${name}[\\s\\S]*\\n[\\s\\S]*[a-z]+ [a-z]+ [\\s\\S]*\\.`),
      );
    });
  }

  for (const name of types) {
    test(`${name}, a type, has a sentence`, () => {
      assert.match(shownOf("poolbook", name, `let x: ${name}`), /\n[\s\S]*[a-z]+ [a-z]+ [\s\S]*\./);
    });
  }

  test("an exercise in check has the sentence of all checks", () => {
    assert.match(shownOf("poolbook", "check", "check.cubes"), /cubes/);
  });
});

describe("a wrong type", () => {
  const cells: Record<string, [code: string, message: RegExp]> = {
    "no list": [
      "pool.apply(slowSum, 5);",
      /^Argument of type 'number' is not assignable to parameter of type '\[.*\]'\.$/,
    ],
    "too few arguments": [
      "pool.apply(slowSum, [1, 6]);",
      /^Argument of type .*\.\n {2}Source has 2 element\(s\) but target requires 3\.$/,
    ],
    "a wrong argument": [
      'pool.apply(slowSum, [1, 6, "7"]);',
      /^Type 'string' is not assignable to type 'number'\.$/,
    ],
    "a wrong item": [
      'pool.map((x: number) => x, ["a"]);',
      /Type 'string' is not assignable to type 'number'\.$/,
    ],
    "a function of too many parameters": ["pool.map(slowSum, [1]);", /Expected 3 or more, but got 1\.$/],
    "items that are no list": [
      "pool.map((x: number) => x, 5);",
      /'number' is not assignable to parameter of type 'Items</,
    ],
    "a wrong pair": [
      "pool.starmap(slowSum, [[1, 2]]);",
      /each item must be a tuple; write it as.*\[seconds: number, x: number, y: number\]/,
    ],
    "a check that is none": [
      "check.cube(1);",
      /^Property 'cube' does not exist on type .*Did you mean 'cubes'\?$/,
    ],
  };

  for (const [name, [code, message]] of Object.entries(cells)) {
    test(`${name}: one error of at most four lines`, () => {
      const { diagnostics } = session.language.convert(
        session.declarations,
        [
          'import { check, type Pool } from "poolbook";',
          "declare const pool: Pool;",
          "function slowSum(seconds: number, x: number, y: number): number { return seconds + x + y; }",
          code,
        ].join("\n"),
        { fileName: "cell[1].ts" },
      );
      assert.equal(diagnostics.length, 1, JSON.stringify(diagnostics));
      const text = diagnostics[0]?.messageText ?? "";
      assert.match(text, message);
      assert.ok(text.split("\n").length <= 4, text);
    });
  }
});
