import { readFile } from "node:fs/promises";
import path from "node:path";
import { isNotebookFile } from "../../document/notebook.js";
import { ImportTracer } from "../inputs/changes/import-tracer.js";
import { hasComputedImport } from "../inputs/changes/python-imports.js";
import { PythonModules } from "../inputs/changes/python-modules.js";
import { filesBelow, repositoryOf } from "./files-below.js";
import { RecordedFiles } from "./recorded-files.js";

/** All that code depends on among the user's files. */
export interface SourceFiles {
  /** Files that are imported or named, some of which do not exist. */
  files: string[];
  /** Folders of packages that are linked into `node_modules`. */
  folders: string[];
}

const program = /\.([cm]?[jt]sx?|py)$/;
const computedImport = /\b(?:import|require)\s*\(\s*(?!["'\s])(?!`[^`$]*`)/;

/**
 * The files that `code` of the notebook `file` imports or names, and so on through these; `linked` are folders that Python imports
 * from. Undefined where an import leads to what only running the code tells.
 */
export async function sourceFiles(
  code: string,
  file: string,
  { isPython, linked }: { isPython: boolean; linked: string[] },
): Promise<SourceFiles | undefined> {
  const folder = path.dirname(file);
  const recorded = new RecordedFiles(folder);
  const modules = await modulesIn([folder, ...linked]);
  const tracer = new ImportTracer(recorded, modules, folder);
  const isComputed = (text: string) => hasComputedImport(text) || (!isPython && computedImport.test(text));
  const done = new Set<string>();
  let texts = [{ text: code, place: file }];
  while (texts.length > 0) {
    for (const { text, place } of texts) {
      if (isComputed(text)) {
        return undefined;
      }
      await tracer.trace(text, place, languageOf(place, isPython));
    }
    const more = [...recorded.named].filter((each) => program.test(each) && !done.has(each));
    texts = await Promise.all(
      more.map(async (place) => {
        done.add(place);
        return { text: await readFile(place, "utf8").catch(() => ""), place };
      }),
    );
  }
  return recorded.unknown.size > 0
    ? undefined
    : { files: [...recorded.files].sort(), folders: [...recorded.folders].sort() };
}

function languageOf(place: string, isPython: boolean): "python" | "script" {
  return place.endsWith(".py") || (isPython && isNotebookFile(place)) ? "python" : "script";
}

async function modulesIn(folders: string[]): Promise<PythonModules> {
  const roots = await Promise.all(folders.map(repositoryOf));
  const files = await Promise.all([...new Set(roots)].map(filesBelow));
  return new PythonModules([...new Set(files.flat())]);
}
