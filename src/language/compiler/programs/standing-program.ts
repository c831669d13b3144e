import { isBuiltin } from "node:module";
import type ts from "typescript";
import type { CellSourceFile } from "../compiler.js";
import { importsOf } from "../parse-file.js";
import type { Project } from "../project.js";
import { isInstalled } from "../source-files.js";

/** Cells that one type checker sees, which keeps what it knows of each. */
const mostCells = 100;

/** Words by which a text may take part in what all files of a program see, or tell the compiler how to read it. */
const partOfAll = /\b(?:import|require|module|global|globalThis|WebAssembly|getBuiltinModule)\b|@|\/\/\/|\\u/;

interface FileOfProgram extends CellSourceFile {
  packageJsonLocations?: readonly string[];
  packageJsonScope?: object;
}

interface Texts {
  cell: CellSourceFile;
  /** The declarations of earlier cells that it sees. */
  previous: CellSourceFile;
}

/**
 * A program whose type checker goes on with further cells: to make both anew takes several times as long as a small cell
 * does by itself. Such a cell and the declarations that it sees are none of the program's files; they see these, and
 * nothing sees them. It serves to find a cell right: what a checker says of a type may hang on those that it has met before.
 */
export class StandingProgram {
  readonly #project: Project;
  #base: (Texts & { program: ts.Program }) | undefined;
  #isRight = false;
  #cells = 0;

  constructor(project: Project) {
    this.#project = project;
  }

  /** The program, which can be asked about this cell now; undefined where the cell needs one of its own. */
  take(texts: Texts): ts.Program | undefined {
    const base = this.#isRight ? this.#base : undefined;
    // It may break off, or find errors, which it would tell again.
    this.#isRight = false;
    const { cell, previous } = texts;
    if (!base || this.#cells >= mostCells || !isAlone(cell)) {
      return undefined;
    }
    const hasSame = previous === base.previous || (hasNoPart(previous) && hasNoPart(base.previous));
    if (!hasSame || this.#project.lastProgramFor(cell, previous) !== base.program) {
      return undefined;
    }
    this.#cells++;
    // TypeScript remembers its verdict on a path.
    adopt(cell, base.cell, `#${this.#cells}`);
    if (previous !== base.previous) {
      adopt(previous, base.previous, "");
    }
    return base.program;
  }

  /** Says that the program has found no error in the cell, and declares nothing more than it says. */
  keep(program: ts.Program, { cell, previous }: Texts): void {
    if (program !== this.#base?.program) {
      this.#base = this.#canStand(program, { cell, previous }) ? { program, cell, previous } : undefined;
      this.#cells = 0;
    }
    this.#isRight = this.#base !== undefined;
  }

  /** True of one that nothing on the disk would make another. */
  #canStand(program: ts.Program, { cell, previous }: Texts): boolean {
    const isSettled = (file: ts.SourceFile) =>
      file === cell || file === previous || this.#project.isSettled(file);
    return (
      isAlone(cell) &&
      importsOf(cell).length === 0 &&
      importsOf(previous).every(({ text }) => this.#isFound(text, previous)) &&
      program.getSourceFiles().every(isSettled)
    );
  }

  #isFound(specifier: string, importer: ts.SourceFile): boolean {
    return isBuiltin(specifier) || isInstalled(this.#project.importedFile(specifier, importer) ?? "");
  }
}

/** Nothing but the declarations before it, and what all cells see, can matter to it, and it to nothing else. */
function isAlone(cell: CellSourceFile): boolean {
  const isPlain = cell.fileName.endsWith(".ts") && cell.languageVariant === 0;
  return isPlain && hasNoPart(cell) && !/\bdeclare\b/.test(cell.text);
}

function hasNoPart({ text }: CellSourceFile): boolean {
  return !partOfAll.test(text);
}

/** Gives a file what a program gives to those that it reads, which TypeScript keeps beside its declared API. */
function adopt(file: FileOfProgram, known: FileOfProgram, suffix: string): void {
  Object.assign(file, {
    path: known.path + suffix,
    resolvedPath: known.resolvedPath,
    originalFileName: known.originalFileName,
    packageJsonLocations: known.packageJsonLocations,
    packageJsonScope: known.packageJsonScope,
    imports: [],
    moduleAugmentations: [],
    ambientModuleNames: [],
  });
}
