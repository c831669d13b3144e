import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellSurroundings } from "#dist/kernel/cell-surroundings.js";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { SourceFiles } from "#dist/language/compiler/source-files.js";
import { createLanguage, TypeChecker } from "#dist/language/index.js";
import { compiledVerdicts } from "../../helpers/compiled-verdicts.js";
import { enterFolder } from "../../helpers/folder.js";
import { spoiltNotebooks } from "../../helpers/spoilt-notebooks.js";
import { filesOfTypedCells, typedNotebooks } from "../../helpers/typed-cells.js";
import { planted } from "./planted-errors.js";

// A small part of `npm run verdicts`, which compares with cells that are executed.

const directory = enterFolder(filesOfTypedCells);
const runs = Number(process.env.PROPERTY_RUNS ?? 15);
const checker = new TypeChecker(cellSurroundings);
const files = new SourceFiles(loadCompiler());

function assertSameVerdicts(cells: readonly string[]): void {
  const language = createLanguage({ ...cellSurroundings, directory, files });
  try {
    const checked = [...checker.notebook({ directory }).check(cells)];
    const found = checked.map(({ diagnostics }) => diagnostics);
    assert.deepEqual(found, compiledVerdicts(language, cells));
  } finally {
    language.close();
  }
}

for (const { name, cells } of planted) {
  test(`the verdicts on planted errors are the kernel's, cell for cell: ${name}`, () => {
    assertSameVerdicts(cells);
  });
}

test("the verdicts on random notebooks, right and wrong, are the kernel's, cell for cell", () => {
  const declared = "declare global { function print(...values: unknown[]): void }";
  fc.assert(
    fc.property(spoiltNotebooks, (cells) => assertSameVerdicts([declared, ...cells])),
    { numRuns: runs },
  );
});

test("the verdicts on cells that share few names are the kernel's, cell for cell", () => {
  fc.assert(
    fc.property(typedNotebooks, (cells) => assertSameVerdicts(cells)),
    { numRuns: runs },
  );
});
