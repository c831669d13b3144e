import type { Notebook } from "../../document/notebook.js";
import type { Kernelspec } from "../../setup/found-kernelspec.js";
import { NoSuchKernelError, noSuchKernel } from "../../setup/kernelspecs.js";

type Kernelspecs = Map<string, Kernelspec>;

/**
 * The kernelspec to run a notebook with: the one called `kernelName`, else the one the notebook names, else the only
 * of those `installed` that has the notebook's language. Throws NoSuchKernelError.
 */
export function selectKernel(notebook: Notebook, installed: Kernelspecs, kernelName?: string): Kernelspec {
  const name = kernelName ?? nonEmpty(notebook.metadata.kernelspec?.name);
  if (name !== undefined) {
    return installed.get(name.toLowerCase()) ?? noSuchKernel(name, installed);
  }
  const language = languageOf(notebook);
  if (language === undefined) {
    throw new NoSuchKernelError(
      "the notebook names neither a kernel (`metadata.kernelspec.name`) nor a language; choose one with --kernel",
    );
  }
  const matching = [...new Set(installed.values())].filter(
    (spec) => spec.language?.toLowerCase() === language.toLowerCase(),
  );
  if (matching.length === 1 && matching[0]) {
    return matching[0];
  }
  const found = matching.length === 0 ? "no kernel" : matching.map((spec) => spec.name).join(" and ");
  throw new NoSuchKernelError(
    `the notebook names no kernel, and for its language ${language} ${found} is installed; choose one with --kernel`,
  );
}

/** The language of a notebook: what it says of itself, else that of its kernel. Throws NoSuchKernelError. */
export function notebookLanguage(notebook: Notebook, installed: Kernelspecs, kernelName?: string): string {
  const named = kernelName === undefined ? languageOf(notebook) : undefined;
  return named ?? selectKernel(notebook, installed, kernelName).language;
}

function languageOf({ metadata }: Notebook): string | undefined {
  return nonEmpty(metadata.kernelspec?.language) ?? nonEmpty(metadata.language_info?.name);
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
