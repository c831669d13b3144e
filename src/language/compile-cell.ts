import { type ParsedCell, parseCell } from "./cell/cell-file.js";
import { cellHeading } from "./cell/cell-heading.js";
import type { ReboundName } from "./cell/imported-name.js";
import { NotebookNames } from "./cell/notebook-names.js";
import type { CellSourceFile } from "./compiler/compiler.js";
import type { Diagnostic } from "./compiler/diagnostics/diagnostic.js";
import type { StandingProgram } from "./compiler/programs/standing-program.js";
import type { Project } from "./compiler/project.js";
import { type CheckedProgram, checkCell, checkInStanding } from "./questions/check.js";
import type { Declaration } from "./session/declaration.js";
import { implicitNames, wordsOf } from "./session/relevant-declarations.js";
import type { SessionDeclarations } from "./session/session-declarations.js";
import { emitCell } from "./transform/emit-cell.js";
import { lastExpressionPrefix } from "./transform/outline.js";
import { prologue } from "./transform/prologue.js";

export interface CellInput {
  /** The declarations of the cells before. */
  previous: string;
  source: string;
  /** Cells that are modules of their own. */
  modules?: readonly CellSourceFile[];
  /** Imports of earlier cells that are to be bound again, because their modules have changed. */
  rebound?: readonly ReboundName[];
  /** False of JavaScript cells, which may be sloppy. */
  strict?: boolean;
  /** The program of earlier cells, for one that it is enough for. */
  standing?: StandingProgram;
}

export interface CompiledCell {
  /** Body of a function that gets `exports` and `require`; empty when there are diagnostics. */
  code: string;
  sourceMap: string;
  /** Lines of `code` that come before those of the source map. */
  linesBefore: number;
  /** The declarations so far with those of the cell, of one with errors as far as they can be told. */
  declarations: string;
  diagnostics: Diagnostic[];
  /** The values that the cell declares, as properties of `exports`. */
  names: string[];
  hasTopLevelAwait: boolean;
  /** Property of `exports` that holds the value of the last expression. */
  lastExpressionName?: string;
  /** Those of `modules` that the cell imports, directly or not. */
  imported: readonly CellSourceFile[];
}

/** Parse, check, transform, declare: a cell, after the declarations of the cells before it, as a value. */
export function compileCell(
  project: Project,
  session: SessionDeclarations,
  { previous, source, modules = [], rebound = [], strict = true, standing }: CellInput,
): CompiledCell {
  project.refresh();
  const parsed = parseCell(project, project.cellPath, source);
  const input = { previous, source, modules, standing };
  const checked = checkAfterPrevious(project, session, parsed, input);
  const { program, diagnostics, dependencies } = checked;
  const names = new NotebookNames(project.compiler, program.getTypeChecker(), parsed.file, checked.previous);
  const hasErrors = diagnostics.length > 0;
  const emitted = emitCell(project, { program, file: parsed.file, names, hasErrors });
  if (!hasErrors) {
    standing?.keep(program, { cell: parsed.file, previous: checked.previous });
  }
  const start = hasErrors ? "" : prologue(emitted.helpers, { strict, rebound });
  return {
    code: start + emitted.output,
    sourceMap: emitted.sourceMap,
    linesBefore: start.split("\n").length - 1,
    declarations: session.merge(previous, cellHeading(source) + emitted.declarations, names.ambient()),
    diagnostics,
    names: names.declared(),
    hasTopLevelAwait: emitted.hasTopLevelAwait,
    lastExpressionName: emitted.lastExpressionName,
    imported: modules.filter((module) => dependencies.includes(module)),
  };
}

/** Checks the cell after the declarations that it can depend on. */
function checkAfterPrevious(
  project: Project,
  session: SessionDeclarations,
  parsed: ParsedCell,
  {
    previous,
    source,
    modules,
    standing,
  }: Required<Pick<CellInput, "previous" | "source" | "modules">> & Pick<CellInput, "standing">,
): CheckedProgram {
  const words = wordsOf(source);
  for (const name of implicitNames(project.options)) {
    words?.add(name);
  }
  const relevant = project.previousFile(session.relevant(previous, words, isAlwaysRead));
  const checked =
    standing && modules.length === 0 ? checkInStanding(standing, project, parsed, relevant) : undefined;
  if (checked) {
    return checked;
  }
  return checkCell(project, parsed, {
    previous: relevant,
    allPrevious: () => project.previousFile(previous),
    modules,
  });
}

/**
 * Which files a program consists of hangs on imports and on `WebAssembly`: it stays the same from cell to cell. And a cell
 * avoids the names that its own last expression might take.
 */
function isAlwaysRead({ name, text }: Declaration): boolean {
  return name.startsWith(lastExpressionPrefix) || /\b(?:import|WebAssembly)\b/.test(text);
}
