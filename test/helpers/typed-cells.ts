import fc from "fast-check";

/** Files beside a notebook of `typedCells`. */
export const filesOfTypedCells = {
  "util.ts": "export const a = 1;\nexport interface Shape { a: number }\n",
};

/** Cells that share few names, so that an edit of one often matters to others. */
export const typedCells = [
  "const a = 1;",
  "const a = 'one';",
  "let b = a;",
  "b = a;",
  "interface Shape { a: number }",
  "interface Shape { a: string }",
  "const shape: Shape = { a };",
  "type Both = Shape & { b: typeof b };",
  "const both: Both = { ...shape, b };",
  "both.a.toFixed();",
  "function f(x: typeof a) { return x; }",
  "const made = f(a);\nmade.length;",
  "class Map<K> { constructor(readonly key: K) {} }",
  "const map = new Map(a);",
  "const global = [a].map((each) => new Set([each]));",
  "declare global { interface Array<T> { extra: T } }",
  "[1].extra.toFixed();",
  "import { a } from './util.js';",
  "import type { Shape } from './util.js';",
  "/** @module parts */\nexport const a = 2;",
  "import { a } from './parts';",
  "shap;",
  "const sha = 1;",
  "// @ts-nocheck\nconst a: string = 1;",
  "const { a, ...rest } = { a: 1, b: 2 };",
  "rest.b + a;",
  "enum Color { Red, Green }\nconst color: Color = Color.Red;",
  "enum Color { Blue = 'blue' }",
  "color === Color.Red;",
  "const x = <T,>(y: T) => y;",
  "const broken = ;",
  "namespace Space { export const a = 1; }",
  "Space.a.trim();",
  "// @strict: true\n0;",
  "// @strict: false\nlet loose = null;",
  "const untyped = (p) => p;",
  "[1].find(() => true).toFixed();",
  "import './util.js';",
];

/** Notebooks of such cells, in any order. */
export const typedNotebooks: fc.Arbitrary<string[]> = fc.array(fc.constantFrom(...typedCells), {
  minLength: 1,
  maxLength: 20,
});
