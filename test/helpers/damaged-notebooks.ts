/** A pseudo-random number generator with a seed (mulberry32), so that a failure can be repeated. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const sound = {
  cells: [
    { cell_type: "markdown", id: "title", metadata: {}, source: ["# Größe\n", "text"] },
    {
      cell_type: "code",
      id: "run",
      metadata: { tags: ["check-unordered"] },
      source: "console.log(1)",
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: ["1\n"] },
        {
          output_type: "display_data",
          data: { "text/plain": "x", "application/json": { a: [1] } },
          metadata: {},
        },
        { output_type: "error", ename: "Error", evalue: "no", traceback: ["at"] },
      ],
    },
  ],
  metadata: {
    kernelspec: { name: "tslab", display_name: "TypeScript" },
    language_info: { name: "typescript" },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

/** Values that have no place in a notebook where another one stands. */
const wrongValues = [true, 4.5, { a: 1 }, [1], null, "text"];

/** Paths to values, with the kinds of WRONG that would be fine there. */
const typed: [path: string, fine: number[]][] = [
  ["nbformat", []],
  ["nbformat_minor", []],
  ["metadata", [2]],
  ["metadata.kernelspec", [2, 4]],
  ["metadata.kernelspec.name", [4, 5]],
  ["metadata.language_info", [2, 4]],
  ["metadata.language_info.name", [4, 5]],
  ["cells", []],
  ["cells.0", []],
  ["cells.1", []],
  ["cells.1.cell_type", []],
  ["cells.1.id", [5]],
  ["cells.1.metadata", [2]],
  ["cells.1.metadata.tags", []],
  ["cells.0.source", [5]],
  ["cells.1.source", [5]],
  ["cells.1.execution_count", [4]],
  ["cells.1.outputs", []],
  ["cells.1.outputs.0", []],
  ["cells.1.outputs.0.output_type", []],
  ["cells.1.outputs.0.name", [5]],
  ["cells.1.outputs.0.text", [5]],
  ["cells.1.outputs.1.data", []],
  ["cells.1.outputs.1.data.text/plain", [5]],
  ["cells.1.outputs.1.metadata", [2]],
  ["cells.1.outputs.2.evalue", [5]],
  ["cells.1.outputs.2.traceback", []],
];

type Random = (below: number) => number;

const damages: Record<string, (random: Random) => Buffer> = {
  truncated: (random) => {
    const bytes = Buffer.from(JSON.stringify(sound, null, random(2)));
    return bytes.subarray(0, random(bytes.length));
  },
  "of wrong types": (random) => {
    const [path, fine] = typed[random(typed.length)] as (typeof typed)[number];
    const wrong = wrongValues.filter((_, kind) => !fine.includes(kind));
    return Buffer.from(JSON.stringify(replaced(sound, path.split("."), wrong[random(wrong.length)])));
  },
  huge: (random) => {
    const size = 1000 + random(200_000);
    const kinds = [
      () => JSON.stringify({ ...sound, cells: new Array(size).fill(null) }),
      () => JSON.stringify(sound).replace("console.log", `"${"x".repeat(size)}`),
      () => `${"9".repeat(size)}`,
    ];
    return Buffer.from((kinds[random(3)] as () => string)());
  },
  deep: (random) => {
    const depth = 600 + random(60_000);
    const value =
      random(2) === 0 ? "[".repeat(depth) + "]".repeat(depth) : '{"a":'.repeat(depth) + 1 + "}".repeat(depth);
    return Buffer.from(JSON.stringify(sound).replace('{"a":[1]}', value));
  },
  "with duplicate keys": (random) => {
    const text = JSON.stringify(sound, null, 1);
    const keys = [...text.matchAll(/"[\w/]+": /g)];
    const key = keys[random(keys.length)] as RegExpExecArray;
    return Buffer.from(`${text.slice(0, key.index)}${key[0]}null, ${text.slice(key.index)}`);
  },
  "not UTF-8": (random) => {
    const bytes = Buffer.from(JSON.stringify(sound));
    if (random(4) === 0) {
      return Buffer.from(JSON.stringify(sound), "utf16le");
    }
    const start = bytes.indexOf("Gr");
    bytes[start + random(2)] = [0xff, 0xc3, 0xe2, 0x80][random(4)] ?? 0xff;
    return bytes;
  },
  "something else": (random) => {
    const texts = [
      "",
      " ",
      "null",
      "42",
      '"text"',
      "[]",
      "{}",
      "\uFEFF",
      "# Title",
      '{"nbformat": 1, "worksheets": []}',
      '{"nbformat": "4", "cells": []}',
      '{"nbformat": 5, "cells": []}',
      "{'nbformat': 4}",
      '{"nbformat": 4, "cells": {}}',
      "\0\0\0\0",
    ];
    return Buffer.from(texts[random(texts.length)] ?? "");
  },
};

/** `count` notebooks, each damaged in one way, by name. */
export function damagedNotebooks(count: number, seed: number): Map<string, Buffer> {
  const random = randomFrom(seed);
  const kinds = Object.entries(damages);
  return new Map(
    Array.from({ length: count }, (_, number) => {
      const [kind, damage] = kinds[number % kinds.length] as (typeof kinds)[number];
      return [`${String(number).padStart(4, "0")} ${kind}.ipynb`, damage(random)];
    }),
  );
}

function replaced(value: unknown, [key, ...rest]: string[], replacement: unknown): unknown {
  if (key === undefined) {
    return replacement;
  }
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const fields = copy as Record<string, unknown>;
  fields[key] = replaced(fields[key], rest, replacement);
  return copy;
}
