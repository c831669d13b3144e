import type ts from "typescript";
import type { Compiler } from "../compiler.js";

/** A symbol whose declarations are read when something first asks for them. */
export type UnreadSymbol = new (
  flags: ts.SymbolFlags,
  name: ts.__String,
  read: (symbol: ts.Symbol) => ts.Symbol,
) => ts.Symbol;

const parts = ["declarations", "valueDeclaration", "members", "exports", "constEnumOnlyModule"] as const;

type Parts = Partial<Record<(typeof parts)[number], unknown>>;

/** The class of them, which is a kind of this compiler's symbols. */
export function unreadSymbol({ objectAllocator }: Compiler): UnreadSymbol {
  class Unread extends objectAllocator.getSymbolConstructor() {
    readonly #read: (symbol: ts.Symbol) => ts.Symbol;
    #parts: Parts | undefined;

    constructor(flags: ts.SymbolFlags, name: ts.__String, read: (symbol: ts.Symbol) => ts.Symbol) {
      super(flags, name);
      this.#read = read;
    }

    get #found(): Parts {
      this.#parts ??= this.#read(this as unknown as ts.Symbol) as Parts;
      return this.#parts;
    }

    static {
      for (const part of parts) {
        Object.defineProperty(Unread.prototype, part, {
          get(this: Unread) {
            return this.#found[part];
          },
          set(this: Unread, value: unknown) {
            // The constructor of the compiler's symbols sets all to undefined, before there is a place for parts.
            if (#parts in this) {
              this.#found[part] = value;
            }
          },
        });
      }
    }
  }
  return Unread as unknown as UnreadSymbol;
}
