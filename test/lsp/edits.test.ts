import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellSurroundings } from "#dist/kernel/cell-surroundings.js";
import { type NotebookChecker, TypeChecker } from "#dist/language/index.js";
import { enterFolder } from "../helpers/folder.js";

const folder = enterFolder({
  "util.ts": "export const a = 1;\nexport interface Shape { a: number }\n",
});
const runs = Number(process.env.PROPERTY_RUNS ?? 25);

/** Cells that share few names, so that an edit of one often matters to others. */
const cells = [
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

interface Edit {
  kind: "replace" | "insert" | "remove" | "move";
  at: number;
  to: number;
  text: string;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("replace", "insert", "insert", "insert", "remove", "move"),
    at: fc.nat(12),
    to: fc.nat(12),
    text: fc.constantFrom(...cells),
  }),
  { minLength: 1, maxLength: 20 },
);

function apply(notebook: string[], { kind, at, to, text }: Edit): void {
  const place = at % (notebook.length + 1);
  if (kind === "insert") {
    notebook.splice(place, 0, text);
  } else if (kind === "move") {
    notebook.splice(to % (notebook.length + 1), 0, ...notebook.splice(place, 1));
  } else {
    notebook.splice(place, 1, ...(kind === "replace" ? [text] : []));
  }
}

const verdicts = (checker: NotebookChecker, notebook: string[]) =>
  [...checker.check(notebook)].map(({ diagnostics, declarations }) => ({ diagnostics, declarations }));

test("after any edits, verdicts and declarations are those of a fresh start", () => {
  const types = new TypeChecker(cellSurroundings);
  fc.assert(
    fc.property(edits, fc.nat(20), (sequence, asked) => {
      const notebook: string[] = [];
      const edited = types.notebook({ directory: folder });
      for (const [index, edit] of sequence.entries()) {
        apply(notebook, edit);
        if (index === asked && notebook.length > 0) {
          edited.services(notebook, 0);
        }
        verdicts(edited, notebook);
      }
      assert.deepEqual(verdicts(edited, notebook), verdicts(types.notebook({ directory: folder }), notebook));
    }),
    { numRuns: runs },
  );
});
