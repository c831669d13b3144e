import assert from "node:assert/strict";
import { test } from "node:test";
import { button, checkbox, number, progress, select, slider, text, widget } from "poolbook/display";

const bundle = (value: object) => Reflect.get(value, Symbol.for("Jupyter.display"))();

test("a widget works without a kernel, and shows itself as text", () => {
  const one = slider({ min: 1, max: 10, value: 5, description: "n" });
  const seen: number[] = [];
  one.observe(({ new: value }) => seen.push(value), "value");
  one.value = 7;
  one.value = 7;
  one.set({ value: 3, max: 4 });
  assert.deepEqual([seen, one.value, one.max], [[7, 3], 3, 4]);
  assert.deepEqual(bundle(one), {
    "text/plain": "IntSlider { description: 'n', value: 3, min: 1, max: 4 }",
  });
});

test("observe() tells name, old, new and owner; unobserve() ends it", () => {
  const own = widget({ esm: "", a: 1, b: "x" });
  const seen: unknown[] = [];
  const handler = (change: { name: unknown; old: unknown; new: unknown; owner: unknown }) =>
    seen.push([change.name, change.old, change.new, change.owner === own]);
  own.observe(handler);
  own.set({ a: 2, b: "y" });
  own.unobserve(handler);
  own.a = 3;
  assert.deepEqual(seen, [
    ["a", 1, 2, true],
    ["b", "x", "y", true],
  ]);
});

test("a value that cannot be is refused, and the old one stays", () => {
  const one = slider({ min: 0, max: 1, value: 0.5 });
  assert.throws(() => {
    one.value = 2;
  }, /^RangeError: Expected `value` to be from `0` to `1`, got `2`$/);
  assert.equal(one.value, 0.5);
  assert.throws(() => slider({ min: 2, max: 1 }), RangeError);
  assert.throws(() => slider({ value: Number.NaN }), TypeError);
  assert.throws(() => select({ options: ["a"], value: "b" as "a" }), /one of the options, got `'b'`/);
  assert.throws(() => text({ value: 1 as never }), /Expected `value` to be a string, got `1`/);
  assert.throws(() => checkbox({ value: "yes" as never }), TypeError);
  assert.throws(() => widget({ esm: "", observe: 1 }), /another name for the trait `observe`/);
  assert.throws(() => widget({ esm: "", own: new Map() }), /Expected `own` to be JSON or bytes/);
  assert.throws(() => widget({} as { esm: string }), /Expected `esm`/);
});

test("select() takes values, pairs and an object, of any type", () => {
  const dates = [new Date(0), new Date(1)] as const;
  assert.equal(select({ options: dates }).value, dates[0]);
  assert.equal(
    select({
      options: [
        ["one", 1],
        ["two", 2],
      ],
      value: 2,
    }).value,
    2,
  );
  assert.equal(select({ options: { a: "x", b: "y" } }).value, "x");
});

test("number() has limits only where they are given; the rest has ipywidgets' defaults", () => {
  const free = number();
  free.value = -1e9;
  const bounded = number({ min: 3 });
  assert.deepEqual([free.value, bounded.value], [-1e9, 3]);
  assert.throws(() => bounded.set({ value: 2 }), RangeError);
  assert.equal(button({ description: "Go" }).description, "Go");
  assert.equal(progress({ value: 3, max: 10 }).max, 10);
});

test("a widget and what a tag makes have a text", () => {
  assert.equal(String(slider({ value: 2 })), "IntSlider { value: 2, min: 0, max: 100 }");
});
