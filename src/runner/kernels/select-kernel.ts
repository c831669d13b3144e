import type { Notebook } from "../../document/notebook.js";
import { nonEmpty } from "../../document/record.js";
import type { Kernelspec } from "../../setup/found-kernelspec.js";
import { type Kernelspecs, NoSuchKernelError, noSuchKernel } from "../../setup/kernelspecs.js";
import { kernelSettings } from "./kernel-settings.js";

/** The kernels that are meant, of several, when only the language is said. */
const usualKernels: Record<string, string> = { python: "python3", typescript: "tslab", javascript: "jslab" };

/**
 * The kernelspec to run the notebook in `file` with: the one called `kernelName`, else the one that the notebook names, or the one
 * that package.json has for that name; else the usual one, or the only one `installed`, for the notebook's language; else package.json's
 * default. `python` means `python3` where there is only that. Throws NoSuchKernelError.
 */
export async function selectKernel(
  notebook: Notebook,
  installed: Kernelspecs,
  file: string,
  kernelName?: string,
): Promise<Kernelspec> {
  const name = kernelName ?? nonEmpty(notebook.metadata.kernelspec?.name);
  if (name !== undefined) {
    return (
      findByName(name, installed) ??
      (await findByAlias(name, installed, file)) ??
      noSuchKernel(name, installed)
    );
  }
  const language = languageOf(notebook);
  return language === undefined ? await defaultKernel(installed, file) : findByLanguage(language, installed);
}

/** The language of a notebook: its own word for it, else that of its kernel. Throws NoSuchKernelError. */
export async function notebookLanguage(
  notebook: Notebook,
  installed: Kernelspecs,
  file: string,
  kernelName?: string,
): Promise<string> {
  const named = kernelName === undefined ? languageOf(notebook) : undefined;
  return named ?? (await selectKernel(notebook, installed, file, kernelName)).language;
}

function findByName(name: string, installed: Kernelspecs): Kernelspec | undefined {
  const found = installed.get(name.toLowerCase());
  return found ?? (name.toLowerCase() === "python" ? installed.get("python3") : undefined);
}

async function findByAlias(
  name: string,
  installed: Kernelspecs,
  file: string,
): Promise<Kernelspec | undefined> {
  const alias = (await kernelSettings(file)).aliases.get(name.toLowerCase());
  return alias === undefined ? undefined : (findByName(alias, installed) ?? noSuchKernel(alias, installed));
}

async function defaultKernel(installed: Kernelspecs, file: string): Promise<Kernelspec> {
  const { default: name } = await kernelSettings(file);
  if (name === undefined) {
    throw new NoSuchKernelError(
      "the notebook names neither a kernel (`metadata.kernelspec.name`) nor a language; choose one with --kernel, or for all such notebooks with `poolbook.kernel` in package.json",
    );
  }
  return findByName(name, installed) ?? noSuchKernel(name, installed);
}

function findByLanguage(language: string, installed: Kernelspecs): Kernelspec {
  const matching = [...new Set(installed.values())].filter(
    (spec) => spec.language?.toLowerCase() === language.toLowerCase(),
  );
  const usual = matching.find(({ name }) => name === usualKernels[language.toLowerCase()]);
  const chosen = usual ?? (matching.length === 1 ? matching[0] : undefined);
  if (chosen) {
    return chosen;
  }
  const found = matching.length === 0 ? "no kernel" : matching.map((spec) => spec.name).join(" and ");
  throw new NoSuchKernelError(
    `the notebook names no kernel, and for its language ${language} ${found} is installed; choose one with --kernel`,
  );
}

function languageOf({ metadata }: Notebook): string | undefined {
  return nonEmpty(metadata.kernelspec?.language) ?? nonEmpty(metadata.language_info?.name);
}
