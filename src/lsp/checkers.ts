import { cellSurroundings } from "../kernel/cell-surroundings.js";
import { type NotebookChecker, TypeChecker } from "../language/index.js";

type Options = Parameters<TypeChecker["notebook"]>[0];

/** The checkers of the open notebooks, which keep their verdicts. */
export class Checkers {
  readonly #warn: (message: string) => void;
  #types = new TypeChecker(cellSurroundings);
  readonly #known = new Map<string, { key: string; checker: NotebookChecker }>();

  /** `warn` is told when the options for a notebook cannot be read. */
  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** The same one for the same notebook, as long as its folder and language are the same. */
  of(uri: string, options: Options): NotebookChecker {
    const key = JSON.stringify(options);
    const known = this.#known.get(uri);
    if (known?.key === key) {
      return known.checker;
    }
    for (const problem of this.#types.projectProblems(options.directory)) {
      this.#warn(`The options for notebooks in ${options.directory} cannot be read: ${problem}`);
    }
    const checker = this.#types.notebook(options);
    this.#known.set(uri, { key, checker });
    return checker;
  }

  forget(uri: string): void {
    this.#known.delete(uri);
  }

  /** Everything is read again. */
  forgetAll(): void {
    this.#known.clear();
    this.#types = new TypeChecker(cellSurroundings);
  }
}
