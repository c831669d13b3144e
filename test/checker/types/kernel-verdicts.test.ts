import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { cellSurroundings } from "#dist/kernel/cell-surroundings.js";
import { createLanguage, type Diagnostic, type Language, TypeChecker } from "#dist/language/index.js";
import { enterFolder } from "../../helpers/folder.js";
import { randomPrograms } from "../../helpers/random-program.js";
import { planted } from "./planted-errors.js";

const repository = process.cwd();
const runs = Number(process.env.PROPERTY_RUNS ?? 15);

/** The findings of the kernel's own way: each cell compiled, as for execution, after the declarations of those before. */
function kernelVerdicts(language: Language, cells: readonly string[]): Diagnostic[][] {
  let declarations = "";
  return cells.map((cell, index) => {
    const metadata = language.metadata(cell);
    if (metadata.module) {
      return language.addModule(metadata.module, cell, metadata);
    }
    const converted = language.convert(declarations, cell, { fileName: `cell[${index + 1}].ts` });
    declarations = converted.declarations;
    return converted.diagnostics;
  });
}

function codeCells(file: string): string[] {
  const { cells }: { cells: { cell_type: string; source: string | string[] }[] } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  const texts = cells
    .filter((cell) => cell.cell_type === "code")
    .map(({ source }) => [source].flat().join(""));
  return texts.filter((text) => text.trim() !== "");
}

function assertSameVerdicts(
  directory: string,
  cells: string[],
  checker = new TypeChecker(cellSurroundings),
): void {
  const language = createLanguage({ ...cellSurroundings, directory });
  try {
    const checked = [...checker.notebook({ directory }).check(cells)].map(({ diagnostics }) => diagnostics);
    assert.deepEqual(checked, kernelVerdicts(language, cells));
  } finally {
    language.close();
  }
}

const course = readdirSync("notebooks", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ipynb") && !name.includes(".ipynb_checkpoints"))
  .map((name) => path.resolve("notebooks", name));

enterFolder();

for (const file of course) {
  test(`the verdicts on ${path.relative(repository, file)} are the kernel's, cell for cell`, () => {
    assertSameVerdicts(path.dirname(file), codeCells(file));
  });
}

for (const { name, cells } of planted) {
  test(`the verdicts on planted errors are the kernel's, cell for cell: ${name}`, () => {
    assertSameVerdicts(process.cwd(), cells);
  });
}

/** A program cut into cells, spoilt: cells are dropped, moved, and changed in a word. */
const spoiltNotebooks = fc
  .record({
    cells: randomPrograms,
    dropped: fc.array(fc.nat(30), { maxLength: 2 }),
    moved: fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 2 }),
    changed: fc.array(
      fc.tuple(
        fc.nat(30),
        fc.constantFrom(
          ["const", "let"],
          ["let", "const"],
          ["(", ""],
          ["1", "'one'"],
          ["p", "q"],
          ["class", "type"],
        ),
      ),
      { maxLength: 3 },
    ),
  })
  .map(({ cells, dropped, moved, changed }) => {
    const result = cells.filter((_, index) => !dropped.includes(index));
    for (const [from, to] of moved) {
      result.splice(to % (result.length + 1), 0, ...result.splice(from % Math.max(1, result.length), 1));
    }
    for (const [at, [from = "", to = ""]] of changed) {
      const index = at % Math.max(1, result.length);
      result[index] = (result[index] ?? "").replace(from, to);
    }
    return result.filter((cell) => cell.trim() !== "");
  });

test("the verdicts on random notebooks, right and wrong, are the kernel's, cell for cell", () => {
  const language = createLanguage({ ...cellSurroundings, directory: process.cwd() });
  const checker = new TypeChecker(cellSurroundings);
  const declared = "declare global { function print(...values: unknown[]): void }";
  fc.assert(
    fc.property(spoiltNotebooks, (cells) => {
      const all = [declared, ...cells];
      const checked = [...checker.notebook({ directory: process.cwd() }).check(all)];
      assert.deepEqual(
        checked.map(({ diagnostics }) => diagnostics),
        kernelVerdicts(language, all),
      );
    }),
    { numRuns: runs },
  );
  language.close();
});
