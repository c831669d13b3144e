import type { Notebook } from "./notebook.js";
import { nonEmpty } from "./record.js";

export type CellsLanguage = "typescript" | "javascript";

const kernels: Record<string, CellsLanguage> = { tslab: "typescript", jslab: "javascript" };

/**
 * The language of a notebook whose kernel is one of poolbook's: the one called `kernelName`, else the one that the
 * notebook names, else that for its language. Otherwise, in words, the kernel it has.
 */
export function cellsLanguage(
  notebook: Notebook,
  kernelName?: string,
): { language: CellsLanguage } | { other: string } {
  const named = kernelName ?? nonEmpty(notebook.metadata.kernelspec?.name);
  if (named !== undefined) {
    const known = kernels[named.toLowerCase()];
    return known ? { language: known } : { other: `its kernel is ${named}` };
  }
  const { kernelspec, language_info } = notebook.metadata;
  const spoken = (nonEmpty(kernelspec?.language) ?? nonEmpty(language_info?.name) ?? "").toLowerCase();
  if (spoken === "typescript" || spoken === "javascript") {
    return { language: spoken };
  }
  return { other: spoken === "" ? "it names neither a kernel nor a language" : `its language is ${spoken}` };
}

/** The word for its cells' language that the notebook itself has; undefined where it says none. */
export function languageWord({ metadata }: Pick<Notebook, "metadata">): string | undefined {
  return nonEmpty(metadata.language_info?.name) ?? nonEmpty(metadata.kernelspec?.language);
}
