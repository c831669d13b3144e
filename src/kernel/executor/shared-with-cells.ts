import {
  createImporter,
  type Importer,
  type InterruptQuestions,
  type Language,
  type OwnFiles,
  type StackPosition,
} from "../../language/index.js";
import { compiledText } from "./cell/cell-function.js";
import type { CellModules } from "./cell/cell-modules.js";
import { interruptQuestions } from "./interrupts/interrupted-code.js";
import { type Members, membersAt } from "./variables/members.js";

/** The value of `__tslab__` for the text of cells, and for a pool that a cell has made. */
export interface SharedWithCells extends InterruptQuestions {
  exports: Record<string, unknown>;
  require: NodeJS.Require;
  importer: Importer;
  /** The user's modules, for a pool whose workers load them, too; `requests` are what a function may require. */
  ownFiles(requests: readonly string[]): OwnFiles;
  /** The exports of the modules that `require` does not know of: cells, and what was imported. */
  loadedCells(): [path: string, exports: unknown][];
  /** The text that V8 runs of a cell, for a pool that is to send a function of it. */
  compiledText(fileName: string): string | undefined;
  /** The user's place for one in a compiled text, for the stacks that come from a pool's workers. */
  mapStackFrame(position: StackPosition): StackPosition | undefined;
  /** The notebook's variables, or the members of the one that `path` leads to. */
  membersAt(path: readonly string[]): Members | undefined;
  /** The session so far as JSON, for an answer from elsewhere; see `KnownSession`. */
  knownSession(withSources: boolean): string;
  /** Set while a loop runs that has variables of the notebook in local ones. */
  afterInterrupt?: () => void;
}

export interface Sharing extends Pick<SharedWithCells, "exports" | "require" | "knownSession"> {
  folder: string;
  language: Language;
  modules: CellModules;
}

export function shareWithCells({ folder, language, modules, ...sharing }: Sharing): SharedWithCells {
  const { exports, require } = sharing;
  const importer = createImporter(folder, require);
  Object.assign(require, { resolveImport: importer.resolve });
  return {
    ...sharing,
    importer,
    ...interruptQuestions,
    ownFiles: (requests) => {
      const [compiled, cells] = [language.ownFiles(requests), modules.ownFiles()];
      return {
        files: [...compiled.files, ...cells.files],
        resolutions: [...compiled.resolutions, ...cells.resolutions],
      };
    },
    compiledText,
    mapStackFrame: (position) => language.mapStackFrame(position),
    membersAt: (path) => membersAt(exports, path),
    loadedCells: () => [...modules.loaded(), ...importer.modules],
  };
}
