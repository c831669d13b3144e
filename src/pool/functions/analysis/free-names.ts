import { createRequire } from "node:module";
import { type Surrounding, Surroundings } from "./surroundings.js";
import { isTree, type Tree } from "./syntax-tree.js";

const require = createRequire(import.meta.url);

/** The ways in which a function uses a name from outside. */
export interface NameUse {
  readonly name: string;
  /** The members it reads, as in `exports.members`. */
  readonly members: Set<string>;
  /** It uses the value other than by such members. */
  isUsedWhole: boolean;
  /** The name, or members of it, to which it assigns. */
  readonly assigned: Set<string>;
  /** It does nothing but ask for its type. */
  isOnlyTested: boolean;
  /** A static block of a class assigns to it, which happens again when the worker makes the class. */
  isMadeAnew: boolean;
}

/** All that a function needs from outside to run. */
export interface FreeNames {
  readonly uses: readonly NameUse[];
  /** `this` is taken from the outside, as in arrow functions. */
  readonly usesOuterThis: boolean;
  /** It is a plain function or method that uses its own `this`. */
  readonly usesOwnThis: boolean;
  readonly usesSuper: boolean;
  readonly usesImportMeta: boolean;
  readonly hasPrivateNames: boolean;
}

/** Finds the names that an expression uses and does not declare. */
export function freeNamesOf(program: Tree): FreeNames {
  const { analyze }: typeof import("eslint-scope") = require("eslint-scope");
  const scopes = analyze(program as never, { ecmaVersion: 2022, sourceType: "module" });
  const surroundings = new Surroundings(program);
  const uses = new Map<string, NameUse>();
  for (const reference of scopes.globalScope?.through ?? []) {
    const { identifier } = reference;
    if (!isTree(identifier)) {
      continue;
    }
    const { name, start } = identifier;
    const use = uses.get(name) ?? newUse(name);
    uses.set(name, use);
    const isInBlock = surroundings.staticBlocks.some((block) => block.start < start && start < block.end);
    if (reference.isWrite() && isInBlock) {
      use.isMadeAnew = true;
    }
    const isWrite = reference.isWrite() && !isInBlock;
    noteUse(use, surroundings.parents.get(identifier), isWrite);
  }
  return { uses: [...uses.values()], ...surroundings };
}

function newUse(name: string): NameUse {
  return {
    name,
    members: new Set(),
    isUsedWhole: false,
    assigned: new Set(),
    isOnlyTested: true,
    isMadeAnew: false,
  };
}

function noteUse(use: NameUse, surrounding: Surrounding | undefined, isWrite: boolean): void {
  if (isWrite) {
    use.assigned.add(use.name);
  }
  if (surrounding?.isTypeof) {
    return;
  }
  use.isOnlyTested = false;
  if (surrounding?.member === undefined) {
    use.isUsedWhole = true;
  } else if (surrounding.isAssigned) {
    use.assigned.add(`${use.name}.${surrounding.member}`);
  } else {
    use.members.add(surrounding.member);
  }
}
