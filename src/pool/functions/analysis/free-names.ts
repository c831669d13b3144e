import { partsRunAtOnce } from "./class-text.js";
import type { FunctionSource } from "./function-source.js";
import { scopesIn } from "./scopes.js";
import { type Surrounding, Surroundings } from "./surroundings.js";
import { isTree, type Tree } from "./syntax-tree.js";

/** The ways in which a function uses a name from outside. */
export interface NameUse {
  readonly name: string;
  /** The members it reads, as in `exports.members`. */
  readonly members: Set<string>;
  /** It uses the value other than by such members. */
  isUsedWhole: boolean;
  /** The name, or members of it, to which it assigns. */
  readonly assigned: Set<string>;
  /** It asks for its type, which even a name that is not defined has. */
  isTested: boolean;
  /** A static block of a class assigns to it, which happens again when the worker makes the class. */
  isMadeAnew: boolean;
  /** It is needed as soon as the class is made. */
  isEager: boolean;
}

/** Stands for the variable `__tslab__`, of which the function uses members of its `exports`. */
export const sessionExports = "__tslab__.exports";

/** All that a function needs from outside to run. */
export interface FreeNames {
  readonly uses: readonly NameUse[];
  /** `this` is taken from the outside, as in arrow functions. */
  readonly usesOuterThis: boolean;
  /** It is a plain function or method that uses its own `this`. */
  readonly usesOwnThis: boolean;
  readonly usesSuper: boolean;
  readonly usesImportMeta: boolean;
  /** It calls `import()`. */
  readonly usesImport: boolean;
  readonly hasPrivateNames: boolean;
}

/** Finds the names that an expression uses and does not declare. */
export function freeNamesOf({ program, isStrict }: FunctionSource): FreeNames {
  const scopes = scopesIn(program, isStrict);
  const surroundings = new Surroundings(program);
  const eager = partsRunAtOnce(program);
  const uses = new Map<string, NameUse>();
  for (const reference of scopes.globalScope?.through ?? []) {
    const { identifier } = reference;
    if (!isTree(identifier)) {
      continue;
    }
    const { start } = identifier;
    const surrounding = surroundings.parents.get(identifier);
    const name = surrounding?.isSession ? sessionExports : identifier.name;
    const use = uses.get(name) ?? newUse(name);
    uses.set(name, use);
    const isInBlock = surroundings.staticBlocks.some((block) => isWithin(start, block));
    use.isEager ||= eager.some((part) => isWithin(start, part));
    if (reference.isWrite() && isInBlock) {
      use.isMadeAnew = true;
    }
    const isWrite = reference.isWrite() && !isInBlock;
    noteUse(use, surrounding, isWrite);
  }
  return { uses: [...uses.values()], ...surroundings };
}

function isWithin(position: number, { start, end }: Tree): boolean {
  return start <= position && position < end;
}

function newUse(name: string): NameUse {
  return {
    name,
    members: new Set(),
    isUsedWhole: false,
    assigned: new Set(),
    isTested: false,
    isMadeAnew: false,
    isEager: false,
  };
}

function noteUse(use: NameUse, surrounding: Surrounding | undefined, isWrite: boolean): void {
  if (isWrite) {
    use.assigned.add(use.name);
  }
  if (surrounding?.isTypeof) {
    use.isTested = true;
    return;
  }
  if (surrounding?.member === undefined) {
    use.isUsedWhole = true;
  } else if (surrounding.isAssigned) {
    use.assigned.add(`${use.name}.${surrounding.member}`);
  } else {
    use.members.add(surrounding.member);
  }
}
