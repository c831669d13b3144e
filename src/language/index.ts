/*
 * The meaning of a cell. `compile-cell.ts` is the whole way of one: parse, check, transform, declare; each step is a
 * room. A name of one cell in another (`a` in cell 2) becomes a property (`exports.a`) in
 * `transform/names-to-exports.ts`, its declaration in `transform/statements-to-exports.ts`, and its type travels in
 * `session/session-declarations.ts`.
 */
import { CellLanguage } from "./cell-language.js";
import type { Language, LanguageOptions } from "./language.js";

export { cacheFolder } from "./compiler/cache-file.js";
export { compilerVersion } from "./compiler/compiler.js";
export { type LookupStates, stillHold } from "./compiler/lookups.js";
export type * from "./language.js";
export { createImporter, type Importer, importingRequire } from "./modules/importer.js";
export type { CellVerdict, NotebookChecker } from "./notebook-checker.js";
export type { CellEdit, CellServices, Fix } from "./services/cell-services.js";
export type { NameInCell } from "./services/name-in-cell.js";
export { NotebookReferences } from "./services/notebook-references.js";
export { reachedName } from "./transform/prologue.js";
export { TypeChecker } from "./type-checker.js";

/** The language of the cells; cheap, because the compiler is loaded by the first call that needs it. */
export function createLanguage(options: LanguageOptions = {}): Language {
  return new CellLanguage(options);
}
