import type { ConvertedCell, Declarations, Language } from "../../language/index.js";
import { bare } from "../shared/bare.js";

// Cells may put other functions in the place of these.
const { stringify } = JSON;
const { from } = Array;

/** The declarations of the cells so far: the types in `declarations`, the values in `exports`. */
export class SessionState {
  readonly exports: Record<string, unknown>;
  /** True of the variables whose declarations have run. */
  readonly reached: Record<string, unknown> = bare({});
  readonly #language: Language;
  /** The texts of cells, by the names that they have declared. */
  readonly sources = new Map<string, string>();
  #declarations: Declarations = "";

  constructor(language: Language) {
    this.#language = language;
    this.exports = language.createExports();
  }

  get declarations(): Declarations {
    return this.#declarations;
  }

  /** A cell that does nothing. */
  get nothing(): ConvertedCell {
    return {
      output: "",
      declarations: this.#declarations,
      diagnostics: [],
      hasTopLevelAwait: false,
      sideOutputs: [],
      names: [],
    };
  }

  /** All of it that another thread can use, as JSON; asked for in the middle of a cell. */
  known(withSources: boolean): string {
    return stringify({ declarations: this.#declarations, sources: withSources ? from(this.sources) : [] });
  }

  /** Begins a cell, and keeps what it declares; when it fails, the function returned keeps what it got round to. */
  begin(cell: ConvertedCell, source: string): () => void {
    const previous = this.#declarations;
    const old = new Map(
      cell.names.filter((name) => name in this.exports).map((name) => [name, this.exports[name]]),
    );
    this.#declarations = cell.declarations;
    for (const name of cell.names) {
      this.sources.set(name, source);
      this.reached[name] = false;
    }
    return () => {
      this.#declarations = this.#keepInitialised(previous, cell, old);
    };
  }

  #keepInitialised(previous: Declarations, cell: ConvertedCell, old: Map<string, unknown>): Declarations {
    const initialised = new Set(
      cell.names.filter((name) => this.reached[name] === true || this.exports[name] !== undefined),
    );
    for (const name of cell.names) {
      if (!initialised.has(name) && old.has(name)) {
        this.exports[name] = old.get(name);
      }
    }
    // Other cells may have declared something since it began.
    const declared = { ...cell, declarations: this.#declarations };
    return this.#language.declarationsAfterFailure(previous, declared, initialised);
  }
}
