import type ts from "typescript";
import { parseCell } from "../cell/cell-file.js";
import type { CellSourceFile } from "../compiler/compiler.js";
import type { Project } from "../compiler/project.js";
import { seesNamesOf } from "./check.js";

/** A text that may be half written, after the cells that ran. */
export interface Question {
  previous: string;
  source: string;
  /** UTF-16 offset of the cursor. */
  offset: number;
  modules: readonly CellSourceFile[];
}

/** The text as it is, in a program with all declarations there are. */
export function programOf(
  project: Project,
  { previous, source, modules }: Question,
): { program: ts.Program; file: CellSourceFile } {
  project.refresh();
  project.loadAllTypes();
  const { file } = parseCell(project, project.cellPath, source);
  const before = project.previousFile(previous);
  seesNamesOf(before, file);
  return { program: project.program({ cell: file, previous: before, modules }), file };
}
