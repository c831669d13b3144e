import type { ImportedName } from "../cell/imported-name.js";
import { ambientMark } from "../cell/notebook-names.js";
import type { Compiler } from "../compiler/compiler.js";
import { type Declaration, meaning } from "./declaration.js";
import { keepOldTypes } from "./declared-again.js";
import { importedNames } from "./imported-names.js";
import { RelevantDeclarations, WordsByText } from "./relevant-declarations.js";
import { isHeading, splitDeclarations } from "./split-declarations.js";

/** The declarations of a notebook's cells so far: a text, handed from cell to cell. */
export class SessionDeclarations {
  readonly #compiler: Compiler;
  readonly #words = new WordsByText();
  /** The last text made here: the next cell begins with it, and need not parse it. */
  #last: { text: string; declarations: readonly Declaration[] } = { text: "", declarations: [] };

  constructor(compiler: Compiler) {
    this.#compiler = compiler;
  }

  /** The declarations that `added` does not replace, with `added`; `ambient` names are said to exist elsewhere. */
  merge(previous: string, added: string, ambient: ReadonlySet<string>): string {
    if (added.trim() === "") {
      return previous;
    }
    const fresh = splitDeclarations(this.#compiler, added).map((declaration) =>
      ambient.has(declaration.name) ? { ...declaration, text: ambientMark + declaration.text } : declaration,
    );
    const meanings = new Map<string, number>();
    for (const each of fresh) {
      meanings.set(each.name, (meanings.get(each.name) ?? 0) | each.meaning);
    }
    const isReplaced = (each: Declaration) => ((meanings.get(each.name) ?? 0) & each.meaning) !== 0;
    const old = this.split(previous);
    const replaced = old.filter(isReplaced);
    const kept = keepOldTypes(
      this.#compiler,
      replaced.length === 0 ? old : old.filter((each) => !isReplaced(each)),
      replaced.filter((each) => (each.meaning & meaning.type) !== 0),
    );
    return this.#join([...kept, ...fresh]);
  }

  /** Those that a text with these words can depend on, or all where `words` is undefined, as a text; with those that are `kept`. */
  relevant(
    text: string,
    words: ReadonlySet<string> | undefined,
    kept: (declaration: Declaration) => boolean,
  ): string {
    const relevant = new RelevantDeclarations(this.split(text), this.#words).textFor(words, kept);
    return relevant === "" ? "" : `${relevant}\n`;
  }

  /** The declarations after a cell that failed when it had initialised some of its names, and had `lost` the others. */
  afterFailure(previous: string, declared: string, lost: ReadonlySet<string>): string {
    return this.#join([
      ...this.split(previous).filter(({ name }) => lost.has(name)),
      ...this.split(declared).filter(({ name }) => !lost.has(name)),
    ]);
  }

  /** The imports of the cells. */
  imports(text: string): ImportedName[] {
    return importedNames(this.#compiler, text);
  }

  /** The declarations one by one, in their order. */
  split(text: string): readonly Declaration[] {
    return text === this.#last.text ? this.#last.declarations : splitDeclarations(this.#compiler, text);
  }

  #join(unordered: readonly Declaration[]): string {
    const declarations = [
      ...unordered.filter(isHeading),
      ...unordered.filter((declaration) => !isHeading(declaration)),
    ];
    const text = declarations.map((declaration) => `${declaration.text}\n`).join("");
    this.#last = { text, declarations };
    return text;
  }
}
