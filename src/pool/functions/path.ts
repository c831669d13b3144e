import { FunctionTransferError } from "../errors.cjs";
import type { AnyFunction } from "../function-types.js";
import { placeOf } from "./inspection/scripts.js";
import { packageNameOf } from "./references/packages.js";

/** A function on the way, and how many names lead to it. */
interface Owner {
  readonly fn: AnyFunction;
  readonly depth: number;
}

/** The way from the function that is to be sent to something that it uses: what an error message tells of. */
export class Path {
  readonly #root: string;
  readonly #names: readonly string[];
  readonly #owners: readonly Owner[];

  constructor(root: string, names: readonly string[] = [], owners: readonly Owner[] = []) {
    this.#root = root;
    this.#names = names;
    this.#owners = owners;
  }

  /** The function itself. */
  get isRoot(): boolean {
    return this.#names.length === 0;
  }

  to(name: string): Path {
    return new Path(this.#root, [...this.#names, name], this.#owners);
  }

  /** The same way, where it has come to a function. */
  through(fn: AnyFunction): Path {
    return new Path(this.#root, this.#names, [...this.#owners, { fn, depth: this.#names.length }]);
  }

  /** The error that says that this is the reason, and what can be done. */
  refusal(reason: string): FunctionTransferError {
    return new FunctionTransferError(
      `Cannot send function \`${this.#root}\` to a worker: ${this.#inPackage(reason) ?? this.#inOwn(reason)}`,
    );
  }

  #inOwn(reason: string): string {
    return this.isRoot ? `it is ${reason}` : `it uses ${chainOf(this.#names)}, ${reason}`;
  }

  /** The inner workings of a package are nothing that a user could name. */
  #inPackage(reason: string): string | undefined {
    for (const { fn, depth } of this.#owners) {
      const name = packageNameOf(placeOf(fn)?.script.url);
      if (name !== undefined) {
        const inner = this.#names.slice(depth).at(-1);
        const detail = inner === undefined ? `it is ${reason}` : `it uses \`${inner}\`, ${reason}`;
        const cause = detail.replace(/; .*/, "");
        return depth === 0
          ? `it was made by the package \`${name}\` (${cause}); call it in a function of your own`
          : `it uses ${chainOf(this.#names.slice(0, depth))}, made by the package \`${name}\` (${cause}); make it inside the function`;
      }
    }
    return undefined;
  }
}

function chainOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", which uses ");
}
