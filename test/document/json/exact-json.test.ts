import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { copyJson, parseJson, stringifyJson } from "#dist/document/json/exact-json.js";
import { assignJson, withNumberTexts } from "#dist/document/json/number-texts.js";

const odd = `{"big": 9007199254740993, "one": 1.0, "list": [1.0, 2, 3.50, -0, 1e999, 1E+2, 0.00000012], "at": {"__proto__": 7.0, "10": 0.0}}`;
const plain = (text: string) => text.replaceAll(/\s/g, "");

test("stringifyJson() writes the numbers that parseJson() has read as they were", () => {
  assert.equal(
    stringifyJson(parseJson(odd)),
    plain(odd).replace(/"__proto__":7.0,"10":0.0/, '"10":0.0,"__proto__":7.0'),
  );
});

test("parseJson() gives the values that JSON.parse gives", () => {
  assert.equal(JSON.stringify(parseJson(odd)), JSON.stringify(JSON.parse(odd)));
  assert.throws(() => parseJson('{"a": 1.}'), SyntaxError);
});

test("a number that was changed is written anew, and one that was moved keeps its text", () => {
  const value = parseJson('{"a": 1.0, "b": 2.0, "c": {"d": 3.0}}') as Record<string, unknown>;
  value.a = 5;
  assert.equal(stringifyJson({ ...value, e: 1 }), '{"a":5,"b":2.0,"c":{"d":3.0},"e":1}');
  assert.equal(stringifyJson(copyJson(value)), '{"a":5,"b":2.0,"c":{"d":3.0}}');
});

test("assignJson() and withNumberTexts() carry the texts over", () => {
  const state = parseJson('{"min": 0.0, "max": 1.0}') as object;
  assignJson(state, parseJson('{"max": 2.0}') as object);
  assert.equal(stringifyJson(state), '{"min":0.0,"max":2.0}');
  assert.equal(stringifyJson(withNumberTexts({ min: 0, max: 2 }, state)), '{"min":0.0,"max":2.0}');
});

test("a list of a million numbers of Python comes out as it was", () => {
  const text = `[${Array.from({ length: 1e6 }, (_, index) => (index % 2_000 ? index : `${index}.0`)).join(",")}]`;
  assert.ok(stringifyJson(parseJson(text)) === text);
});

test("any JSON text without white space comes out as it was, whatever its numbers and strings", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc
      .tuple(fc.integer(), fc.stringMatching(/^(\.\d{1,20})?([eE][+-]?\d{1,3})?$/))
      .map(([a, b]) => `${a}${b}`),
    fc.bigInt().map(String),
  );
  const string = fc.string({ unit: "binary" }).map((text) => JSON.stringify(text));
  const { json } = fc.letrec<{ json: string }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      number,
      string,
      fc.constantFrom("true", "false", "null", '"\\""', '"\\\\"', '"a\\\\\\"1.0"'),
      fc.array(tie("json")).map((items) => `[${items.join(",")}]`),
      fc
        .uniqueArray(
          fc.tuple(
            fc.string({ unit: "binary" }).map((key) => JSON.stringify(`k${key}`)),
            tie("json"),
          ),
          {
            selector: ([key]) => key,
          },
        )
        .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join(",")}}`),
    ),
  }));
  fc.assert(
    fc.property(json, (item) => {
      const text = `[${item}]`;
      const value = parseJson(text);
      assert.deepEqual(
        JSON.parse(JSON.stringify(value) ?? "null"),
        JSON.parse(JSON.stringify(JSON.parse(text))),
      );
      assert.equal(plainText(stringifyJson(value)), plainText(text));
      assert.equal(stringifyJson(parseJson(stringifyJson(value, " "))), stringifyJson(value));
    }),
  );
});

/** Escapes may be written in several ways. */
function plainText(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => JSON.stringify(JSON.parse(text)));
}
