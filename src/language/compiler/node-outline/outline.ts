/*
 * The declarations of Node, taken apart: statements that may be left out, each with the names that it declares and those
 * that it mentions. Names live in scopes: the global one, a module of Node's, a file that is a module.
 */

/** Of what is global. The members of the namespace `NodeJS` count as that, too. */
export const globalScope = "";

/** Words by which a text means a global name that it does not say: `import.meta` is an `ImportMeta`. */
export const impliedBy: ReadonlyMap<string, string> = new Map([["meta", "ImportMeta"]]);

/** A statement that is left out until one of its names is asked for. */
export interface Unit {
  text: string;
  /** The scope that its names belong to. */
  scope: string;
  names: string[];
  /** The scopes in which its mentions are looked for. */
  sees: string[];
  mentions: string[];
  /** Names before a dot, as `stream` in `stream.Readable`. */
  qualifiers: string[];
  /** The modules of its import types, as `import("stream").Readable`, and those that it means as a whole. */
  modules: string[];
  wholeModules: string[];
  /** The names of an import. */
  bindings: Binding[];
}

export interface Binding {
  name: string;
  module: string;
  /** The name in the module; none of its namespace. */
  imported?: string;
}

/** A name that a scope exports by another statement than its declaration; without a module, one of its own names. */
export interface Exported {
  name: string;
  local: string;
  module?: string;
}

/** A scope that is a module, apart from its units. */
export interface ModuleScope {
  exports: Exported[];
  /** The modules of `export *`. */
  stars: string[];
  /** The names of `export =` and `export default`. */
  main: string[];
}

/** By the file's path in the folder of the declarations: texts that always count, and units by their number. */
export type FileParts = Record<string, (string | number)[]>;

export interface Outline {
  units: Unit[];
  files: FileParts;
  modules: Record<string, ModuleScope>;
  /** Names that the language or the compiler itself may ask for. */
  roots: string[];
}

export function canonicalModule(name: string): string {
  return name.replace(/^node:/, "");
}

const literalOrSpace =
  /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/.*|\s*\n\s*/g;

/** The text of declarations without comments and indentation. */
export function withoutComments(text: string): string {
  return text.replace(
    literalOrSpace,
    (found, literal: string | undefined) => literal ?? (found.includes("\n") ? "\n" : " "),
  );
}
