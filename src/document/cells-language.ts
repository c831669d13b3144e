import type { Notebook } from "./notebook.js";

export type CellsLanguage = "typescript" | "javascript";

const kernels: Record<string, CellsLanguage> = { tslab: "typescript", jslab: "javascript" };

/**
 * The language of a notebook whose kernel is one of poolbook's: the one called `kernelName`, else the one that the
 * notebook names, else that for its language. Otherwise, in words, the kernel it has.
 */
export function cellsLanguage(
  { metadata }: Notebook,
  kernelName?: string,
): { language: CellsLanguage } | { other: string } {
  const { name, language } = metadata.kernelspec ?? {};
  const named = kernelName ?? name;
  if (named !== undefined && named !== "") {
    const known = kernels[named.toLowerCase()];
    return known ? { language: known } : { other: `its kernel is ${named}` };
  }
  const spoken = (language ?? metadata.language_info?.name ?? "").toLowerCase();
  if (spoken === "typescript" || spoken === "javascript") {
    return { language: spoken };
  }
  return { other: spoken === "" ? "it names neither a kernel nor a language" : `its language is ${spoken}` };
}
