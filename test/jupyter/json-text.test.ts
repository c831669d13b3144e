import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jsonText } from "#dist/jupyter/json-text.js";

/** Text in which surrogates stand alone, in pairs, and behind backslashes. */
const text = fc.string({
  unit: fc.constantFrom("a", "\\", '"', "\n", "\ud83d", "\ude00", "\udbff", "ud83d", "\\ud83d", "€", "😀"),
});

/** By way of UTF-8, which has no surrogates. */
const wellFormed = (string: string) => Buffer.from(string).toString();

test("jsonText() writes JSON whose strings, keys included, are well-formed", () => {
  fc.assert(
    fc.property(fc.dictionary(text, fc.array(text)), (value) => {
      const expected = Object.fromEntries(
        Object.entries(value).map(([key, lines]) => [wellFormed(key), lines.map(wellFormed)]),
      );
      assert.deepEqual(JSON.parse(jsonText(value)), expected);
    }),
  );
});

test("jsonText() throws a TypeError for what JSON cannot hold", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const value of [1n, cycle]) {
    assert.throws(() => jsonText({ value }), TypeError);
  }
});
