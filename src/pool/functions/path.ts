import { FunctionTransferError } from "../errors.cjs";
import type { AnyFunction } from "../function-types.js";
import { placeOf } from "./inspection/scripts.js";
import { packageNameOf } from "./references/packages.js";

/** The reason against a function that sets a variable of its surroundings. */
export const assignedOutside = "to which it assigns, but a worker has only a copy";

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

  /** The inner workings of a package are nothing that a user could name: only the variable that leads to them is. */
  #inPackage(reason: string): string | undefined {
    let named = 1;
    for (const { fn, depth } of this.#owners) {
      const name = packageNameOf(placeOf(fn)?.script.url);
      if (name !== undefined) {
        const cause = causeIn(this.#names.slice(depth).at(-1), reason);
        return depth === 0
          ? `it was made by the package \`${name}\` (${cause}); call it in a function of your own`
          : `it uses ${chainOf(this.#names.slice(0, Math.min(named, depth)))}, made by the package \`${name}\` (${cause}); make it inside the function, or in a module that the function imports`;
      }
      named = depth + 1;
    }
    return undefined;
  }
}

/** The reason in a package's code, which may be told by what it is, not by the names that stand there. */
function causeIn(inner: string | undefined, reason: string): string {
  const cause = reason.replace(/; .*/, "");
  if (reason.startsWith(assignedOutside)) {
    return "whose code keeps state in variables that a worker has only copies of";
  }
  return inner === undefined ? `it is ${cause}` : `it uses \`${inner}\`, ${cause}`;
}

function chainOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", which uses ");
}
