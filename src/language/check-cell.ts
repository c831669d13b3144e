import { parseCell } from "./cell/cell-file.js";
import { cellHeading } from "./cell/cell-heading.js";
import { NotebookNames } from "./cell/notebook-names.js";
import type { CellSourceFile } from "./compiler/compiler.js";
import type { Diagnostic } from "./compiler/diagnostics/diagnostic.js";
import type { Project } from "./compiler/project.js";
import { isInstalled, versionOnDisk } from "./compiler/source-files.js";
import { checkCell } from "./questions/check.js";
import { emitCell } from "./transform/emit-cell.js";

/** A verdict on a cell, and all that it rests on but the declarations before it. */
export interface CheckedCell {
  diagnostics: Diagnostic[];
  /** The declarations of the cell itself, of one with errors as far as they can be told. */
  added: string;
  /** Those of its names that it only says to exist elsewhere. */
  ambient: ReadonlySet<string>;
  /** The user's files that were read for it, with the state they had. */
  files: ReadonlyMap<string, string | undefined>;
}

/** Parse, check, declare: what `compileCell` does, but for the text that runs. */
export function checkOnly(
  project: Project,
  { previous, source, modules }: { previous: string; source: string; modules: readonly CellSourceFile[] },
): CheckedCell {
  project.refresh();
  const before = project.previousFile(previous);
  const parsed = parseCell(project, project.cellPath, source);
  const { program, diagnostics } = checkCell(project, parsed, { previous: before, modules });
  const names = new NotebookNames(project.compiler, program.getTypeChecker(), parsed.file, before);
  const { declarations } = emitCell(project, { program, file: parsed.file, names, hasErrors: true });
  const own = program
    .getSourceFiles()
    .filter((file) => !project.isInMemory(file) && !isInstalled(file.fileName))
    .map(({ fileName }) => [fileName, versionOnDisk(fileName)] as const);
  const added = cellHeading(source) + declarations;
  return { diagnostics, added, ambient: names.ambient(), files: new Map(own) };
}
