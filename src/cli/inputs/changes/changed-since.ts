import { realpath } from "node:fs/promises";
import path from "node:path";
import { isCodeCell, joinLines, type Notebook } from "../../../document/notebook.js";
import { readSource } from "../../../runner/files/notebook-file.js";
import type { Input } from "../collect-inputs.js";
import { ChangedFiles, isCompilerFile } from "./changed-files.js";
import { ImportTracer } from "./import-tracer.js";
import { PythonModules } from "./python-modules.js";

/** A notebook that may behave otherwise than at a revision, and the reason in words. */
export interface ChangedInput {
  input: Input;
  reason: string;
}

/**
 * The inputs that differ from the git revision, or import or name (also by way of other files) something that does: a file by its path,
 * a Python module of the repository, or a package that is linked into node_modules from the repository. A notebook that imports an
 * installed package counts as changed when the lockfile is, one of TypeScript when options or declarations of the compiler are. Throws
 * UsageError where there is no such revision.
 */
export async function changedInputs(inputs: Input[], revision: string): Promise<ChangedInput[]> {
  const changed = await ChangedFiles.since(revision, path.dirname(path.resolve(inputs[0]?.file ?? ".")));
  const modules = await PythonModules.of(changed.root, changed.all);
  const found = await Promise.all(
    inputs.map(async (input): Promise<ChangedInput[]> => {
      const reason = await reasonFor(input.file, changed, modules);
      return reason === undefined ? [] : [{ input, reason }];
    }),
  );
  return found.flat();
}

async function reasonFor(
  file: string,
  changed: ChangedFiles,
  modules: PythonModules,
): Promise<string | undefined> {
  const place = await realpath(file).catch(() => undefined);
  if (place !== undefined && changed.has(place)) {
    return "it has changed";
  }
  const source = place === undefined ? undefined : await readSource(place).catch(() => undefined);
  if (place === undefined || !source) {
    return "it cannot be read";
  }
  const language = languageOf(source.notebook);
  const options = changed.all.find((each) => isCompilerFile(path.basename(each)));
  if (language === "script" && options !== undefined) {
    return `${path.relative(changed.root, options)} has changed`;
  }
  const code = source.notebook.cells.filter(isCodeCell).map((cell) => joinLines(cell.source));
  const tracer = new ImportTracer(changed, modules, path.dirname(place));
  return await tracer.trace(code.join("\n"), place, language);
}

function languageOf({ metadata }: Notebook): "python" | "script" | undefined {
  const name = String(
    metadata.kernelspec?.language ?? metadata.language_info?.name ?? metadata.kernelspec?.name,
  );
  if (/python/i.test(name)) {
    return "python";
  }
  return /script|tslab|jslab|deno|^ts|^js/i.test(name) ? "script" : undefined;
}
