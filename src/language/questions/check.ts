import type ts from "typescript";
import type { ParsedCell } from "../cell/cell-file.js";
import { plainDeclarations } from "../cell/plain-declarations.js";
import type { CellSourceFile } from "../compiler/compiler.js";
import { type Diagnostic, describeDiagnostics } from "../compiler/diagnostics/diagnostic.js";
import { importsOf, parseFile } from "../compiler/parse-file.js";
import type { StandingProgram } from "../compiler/programs/standing-program.js";
import type { MemoryFiles, Project } from "../compiler/project.js";
import { isInstalled } from "../compiler/source-files.js";

/** A package without declarations is `any`, however strict the notebook is. */
const untypedPackage = 7016;

/** The files that a cell is checked with. */
export interface Surroundings extends Omit<MemoryFiles, "cell"> {
  /** All declarations of earlier cells, where `previous` holds a part of them: a message may say names that the cell does not. */
  allPrevious?: () => CellSourceFile;
}

export interface CheckedProgram {
  program: ts.Program;
  /** The declarations of earlier cells, as far as they were needed. */
  previous: CellSourceFile;
  diagnostics: Diagnostic[];
  /** Source files of the user's own that the cell imports, directly or not. */
  dependencies: ts.SourceFile[];
}

/** Looks for errors in a cell and in the files of the user's own that it imports. */
export function checkCell(
  project: Project,
  { file, refusals, end }: ParsedCell,
  { previous: needed, allPrevious = () => needed, modules }: Surroundings,
): CheckedProgram {
  const { Error: category } = project.compiler.DiagnosticCategory;
  const refused = refusals.map((refusal) => ({ ...refusal, file, category }));
  const check = (previous: CellSourceFile) => {
    seesNamesOf(previous, file);
    const program = project.program({ cell: file, previous, modules });
    const dependencies = dependenciesOf(project, program, file);
    const found = [
      ...refused,
      ...errorsOfFile(program, file),
      ...dependencies.flatMap((each) => errorsOfDependency(program, each)),
    ];
    const inside = found.map((each) => (each.file === file ? within(end, each) : each));
    const diagnostics = describeAll(project, inside, { program, cell: file });
    return { program, previous, dependencies, diagnostics };
  };
  const checked = check(needed);
  const previous = checked.diagnostics.length > 0 ? allPrevious() : needed;
  return withTheTypesItNeeds(project, previous === needed ? checked : check(previous), () => check(previous));
}

/** The same in the program that stands; undefined where the cell needs one of its own, to be found right or wrong. */
export function checkInStanding(
  standing: StandingProgram,
  project: Project,
  { file, refusals }: ParsedCell,
  previous: CellSourceFile,
): CheckedProgram | undefined {
  const program = refusals.length === 0 ? standing.take({ cell: file, previous }) : undefined;
  if (!program) {
    return undefined;
  }
  seesNamesOf(previous, file);
  const isRight =
    errorsOfFile(program, file).length === 0 &&
    plainDeclarations(project.compiler, program.getTypeChecker(), file) !== undefined;
  return isRight ? { program, previous, dependencies: [], diagnostics: [] } : undefined;
}

/** Looks for errors in a cell that is a module of its own, beside the others that are. */
export function checkModule(
  project: Project,
  module: CellSourceFile,
  modules: readonly CellSourceFile[],
): Diagnostic[] {
  project.refresh();
  const cell = parseFile(project, project.cellPath, "");
  const program = project.program({ cell, previous: project.previousFile(""), modules });
  return describeAll(project, errorsOfFile(program, module), { program, cell });
}

/** The names of earlier cells are those of the scope around the cell. */
export function seesNamesOf(previous: CellSourceFile, cell: CellSourceFile): void {
  Object.assign(cell, { parent: previous });
}

/** An error may come of declarations that have not been read; with all of them, it is one. */
function withTheTypesItNeeds(
  project: Project,
  checked: CheckedProgram,
  check: () => CheckedProgram,
): CheckedProgram {
  return checked.diagnostics.length > 0 && project.loadAllTypes() ? check() : checked;
}

/** The source files of the user's own that a file imports, directly or not. */
function dependenciesOf(project: Project, program: ts.Program, file: ts.SourceFile): ts.SourceFile[] {
  const found = new Set([file]);
  for (const importer of found) {
    for (const { text } of importsOf(importer)) {
      const path = project.importedFile(text, importer);
      const imported = path === undefined ? undefined : program.getSourceFile(path);
      if (imported && !imported.isDeclarationFile && !isInstalled(imported.fileName)) {
        found.add(imported);
      }
    }
  }
  found.delete(file);
  return [...found].filter(({ fileName }) => /\.([cm]?[jt]s|[jt]sx)$/.test(fileName));
}

/** The types of a text that is not well formed are nobody's mistake. */
function errorsOfFile(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  const syntax = firstOfEachLine(program.getSyntacticDiagnostics(file));
  return syntax.length > 0
    ? syntax
    : program.getSemanticDiagnostics(file).filter(({ code }) => code !== untypedPackage);
}

/** The types of JavaScript are inferred, and checked only where `checkJs` or a comment asks for it. */
function errorsOfDependency(program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  const { checkJsDirective } = file as CellSourceFile;
  const isJavaScript = /\.[cm]?jsx?$/.test(file.fileName);
  const isChecked = checkJsDirective?.enabled ?? program.getCompilerOptions().checkJs ?? false;
  return isJavaScript && !isChecked
    ? firstOfEachLine(program.getSyntacticDiagnostics(file))
    : errorsOfFile(program, file);
}

/** Further errors of a line are those of the parser, which looks for a way to go on. */
function firstOfEachLine(found: readonly ts.DiagnosticWithLocation[]): ts.DiagnosticWithLocation[] {
  const lines = new Set<number>();
  return found.filter(({ file, start }) => {
    const { line } = file.getLineAndCharacterOfPosition(start);
    const isFirst = !lines.has(line);
    lines.add(line);
    return isFirst;
  });
}

/** The diagnostic, at a place in what the user wrote; the compiler may say the line that follows it. */
function within(end: number, diagnostic: ts.Diagnostic): ts.Diagnostic {
  const start = Math.min(diagnostic.start ?? 0, end);
  const length = Math.min((diagnostic.start ?? 0) + (diagnostic.length ?? 0), end) - start;
  return diagnostic.start === undefined ? diagnostic : { ...diagnostic, start, length: Math.max(0, length) };
}

function describeAll(
  project: Project,
  found: readonly ts.Diagnostic[],
  about: { program: ts.Program; cell: ts.SourceFile },
): Diagnostic[] {
  const isOwn = (file: ts.SourceFile) => !project.isInMemory(file) && !isInstalled(file.fileName);
  return describeDiagnostics(project.compiler, found, { ...about, directory: project.directory, isOwn });
}
