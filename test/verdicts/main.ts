import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { cellSurroundings } from "#dist/kernel/cell-surroundings.js";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { SourceFiles } from "#dist/language/compiler/source-files.js";
import { createLanguage, TypeChecker } from "#dist/language/index.js";
import { planted } from "../checker/types/planted-errors.js";
import { compiledVerdicts } from "../helpers/compiled-verdicts.js";
import { writeFiles } from "../helpers/folder.js";
import { kernels, writeNotebook } from "../helpers/notebook.js";
import { spoiltNotebooks } from "../helpers/spoilt-notebooks.js";
import { filesOfTypedCells, typedNotebooks } from "../helpers/typed-cells.js";
import { type Comparison, compareWithExecution } from "./executed.js";

// npm run verdicts [-- SEED]
// Compares the verdicts of `poolbook typecheck` with those of kernels that execute the cells: on every cell of the
// course, of the notebooks in test/kernel/public, of those with planted errors, and of random ones. The kernel's own way
// of compiling, without a process, is compared on many more random ones.

const inKernels = 24;
const inProcess = 500;
const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const folder = mkdtempSync(path.join(tmpdir(), "poolbook-verdicts-"));
const strict = { kernelspec: kernels.tslab, poolbook: { compilerOptions: { strict: true } } };
const printing = "function print(...values: unknown[]): void {}";
const all: Comparison[] = [];

try {
  console.log(`Seed ${seed}`);
  writeFiles(folder, filesOfTypedCells);
  await compare("The course", notebooksIn("notebooks"));
  await compare("Notebooks as people have them", notebooksIn("test/kernel/public"));
  await compare(
    "Planted errors",
    planted.map(({ cells }, index) => writeNotebook(folder, `planted-${index}.ipynb`, cells, strict)),
  );
  await compare("Random notebooks, executed", randomFiles());
  report("Random notebooks, compiled", compareCompiled());
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = all.some(({ differences }) => differences.length > 0) ? 1 : 0;

function notebooksIn(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ipynb") && !/(^|\/)\./.test(name))
    .map((name) => path.resolve(place, name))
    .sort();
}

function randomFiles(): string[] {
  const spoilt = fc
    .sample(spoiltNotebooks, { numRuns: inKernels / 2, seed })
    .map((cells) => [printing, ...cells]);
  const typed = fc.sample(typedNotebooks, { numRuns: inKernels / 2, seed });
  return [...spoilt, ...typed].map((cells, index) => writeNotebook(folder, `random-${index}.ipynb`, cells));
}

async function compare(name: string, files: string[]): Promise<void> {
  const total: Comparison = { cells: 0, refused: 0, differences: [] };
  for (const file of files) {
    const { cells, refused, differences } = await compareWithExecution(file);
    total.cells += cells;
    total.refused += refused;
    total.differences.push(...differences);
  }
  report(`${name} (${files.length} notebooks)`, total);
}

function compareCompiled(): Comparison {
  const total: Comparison = { cells: 0, refused: 0, differences: [] };
  const files = new SourceFiles(loadCompiler());
  const checker = new TypeChecker(cellSurroundings);
  const half = { numRuns: inProcess / 2, seed };
  const spoilt = fc.sample(spoiltNotebooks, half).map((cells) => [printing, ...cells]);
  for (const cells of [...spoilt, ...fc.sample(typedNotebooks, half)]) {
    const language = createLanguage({ ...cellSurroundings, directory: folder, files });
    const compiled = compiledVerdicts(language, cells);
    language.close();
    const checked = [...checker.notebook({ directory: folder }).check(cells)].map(
      ({ diagnostics }) => diagnostics,
    );
    total.cells += cells.length;
    total.refused += compiled.filter(({ length }) => length > 0).length;
    if (JSON.stringify(compiled) !== JSON.stringify(checked)) {
      total.differences.push(JSON.stringify({ cells, compiled, checked }, undefined, 2));
    }
  }
  return total;
}

function report(name: string, comparison: Comparison): void {
  const { cells, refused, differences } = comparison;
  all.push(comparison);
  console.log(`${name}: ${cells} cells, ${refused} refused, ${differences.length} different`);
  for (const each of differences) {
    console.log(each);
  }
}
