import type { Diagnostic, Language } from "#dist/language/index.js";

/** The findings of the kernel's own way: each cell compiled, as for execution, after the declarations of those before. */
export function compiledVerdicts(language: Language, cells: readonly string[]): Diagnostic[][] {
  let declarations = "";
  return cells.map((cell, index) => {
    const metadata = language.metadata(cell);
    if (metadata.module) {
      return language.addModule(metadata.module, cell, metadata);
    }
    const converted = language.convert(declarations, cell, { fileName: `cell[${index + 1}].ts` });
    declarations = converted.declarations;
    return converted.diagnostics;
  });
}
