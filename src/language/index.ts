import { CellLanguage } from "./cell-language.js";
import type { Language, LanguageOptions } from "./language.js";

export type * from "./language.js";

/** The language of the cells; cheap, because the compiler is loaded by the first call that needs it. */
export function createLanguage(options: LanguageOptions = {}): Language {
  return new CellLanguage(options);
}
