import { FunctionTransferError } from "../errors.cjs";

/** The way from the function that is to be sent to something that it uses: what an error message tells of. */
export class Path {
  readonly #root: string;
  readonly #names: readonly string[];

  constructor(root: string, names: readonly string[] = []) {
    this.#root = root;
    this.#names = names;
  }

  /** The function itself. */
  get isRoot(): boolean {
    return this.#names.length === 0;
  }

  to(name: string): Path {
    return new Path(this.#root, [...this.#names, name]);
  }

  /** The error that says that this is the reason, and what can be done. */
  refusal(reason: string): FunctionTransferError {
    const chain = this.#names.map((name) => `\`${name}\``).join(", which uses ");
    const uses = this.isRoot ? "it is " : `it uses ${chain}, `;
    return new FunctionTransferError(`Cannot send function \`${this.#root}\` to a worker: ${uses}${reason}`);
  }
}
