import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellSurroundings } from "#dist/kernel/cell-surroundings.js";
import { type NotebookChecker, TypeChecker } from "#dist/language/index.js";
import { enterFolder } from "../helpers/folder.js";
import { filesOfTypedCells, typedCells } from "../helpers/typed-cells.js";

const folder = enterFolder(filesOfTypedCells);
const runs = Number(process.env.PROPERTY_RUNS ?? 25);

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
    text: fc.constantFrom(...typedCells),
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
