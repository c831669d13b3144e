import type ts from "typescript";
import { type Declaration, meaning } from "./declaration.js";

const word = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/gu;

/** All words of a text: its identifiers, and more. Undefined when some may be written with escapes. */
export function wordsOf(text: string): Set<string> | undefined {
  return text.includes("\\u") ? undefined : new Set(text.match(word));
}

/** The names that a text can use without saying them: those that JSX calls. */
export function implicitNames({ jsxFactory, jsxFragmentFactory }: ts.CompilerOptions): string[] {
  const factories = [jsxFactory, jsxFragmentFactory].filter((name) => name !== undefined);
  return ["React", ...factories.map((name) => name.split(".")[0] ?? name)];
}

/**
 * Those of a list of declarations that a text with the words `used` can depend on, as one text: the declarations of
 * these names, of the names in those, and so on, and all that extend the global scope or a module.
 */
export class RelevantDeclarations {
  readonly #declarations: readonly Declaration[];
  readonly #words: WordsByText;
  readonly #byName = new Map<string, Declaration[]>();

  constructor(declarations: readonly Declaration[], words: WordsByText) {
    this.#declarations = declarations;
    this.#words = words;
    for (const declaration of declarations) {
      const same = this.#byName.get(declaration.name);
      if (same) {
        same.push(declaration);
      } else {
        this.#byName.set(declaration.name, [declaration]);
      }
    }
  }

  /** With those that are `kept` in any case, and what they depend on. */
  textFor(
    used: ReadonlySet<string> | undefined,
    kept: (declaration: Declaration) => boolean = () => false,
  ): string {
    const found = used ? this.#reachable(used, kept) : new Set(this.#declarations);
    return this.#declarations
      .filter((declaration) => found.has(declaration))
      .map(({ text }) => text)
      .join("\n");
  }

  #reachable(used: ReadonlySet<string>, kept: (declaration: Declaration) => boolean): Set<Declaration> {
    const found = new Set(this.#declarations.filter((each) => isExtension(each) || kept(each)));
    const names = new Set(used);
    for (const name of names) {
      for (const declaration of this.#byName.get(name) ?? []) {
        found.add(declaration);
      }
    }
    for (const { text } of found) {
      for (const name of this.#words.of(text) ?? this.#byName.keys()) {
        for (const declaration of this.#byName.get(name) ?? []) {
          found.add(declaration);
        }
      }
    }
    return found;
  }
}

/** The words of texts that are asked for again and again. */
export class WordsByText {
  readonly #known = new Map<string, Set<string> | undefined>();

  of(text: string): Set<string> | undefined {
    if (!this.#known.has(text)) {
      this.#known.set(text, wordsOf(text));
    }
    return this.#known.get(text);
  }
}

/** Additions to the global scope or to a module go by their text, not by a name; effects are for all that follows. */
function isExtension({ name, text, meaning: meant }: Declaration): boolean {
  return name === "" || text.endsWith(name) || (meant & meaning.effect) !== 0;
}
