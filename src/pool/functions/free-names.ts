import { createRequire } from "node:module";
import type { Node } from "acorn";

const require = createRequire(import.meta.url);

/** How a function uses a name from outside. */
export interface NameUse {
  readonly name: string;
  /** The members it reads, as in `exports.members`. */
  readonly members: Set<string>;
  /** Whether it uses the value other than by such members. */
  isUsedWhole: boolean;
  /** What it assigns to: the name, or members of it. */
  readonly assigned: Set<string>;
  /** Whether it does nothing but ask for its type. */
  isOnlyTested: boolean;
  /** Whether a static block of a class assigns to it, which happens again when the worker makes the class. */
  isMadeAnew: boolean;
}

/** What a function needs from outside to run. */
export interface FreeNames {
  readonly uses: readonly NameUse[];
  /** Whether `this` is taken from the outside, as in arrow functions. */
  readonly usesOuterThis: boolean;
  /** Whether it is a plain function or method that uses its own `this`. */
  readonly usesOwnThis: boolean;
  readonly usesSuper: boolean;
  readonly usesImportMeta: boolean;
  readonly hasPrivateNames: boolean;
}

interface Tree extends Node {
  readonly [key: string]: unknown;
}

/** Finds the names that an expression uses and does not declare. */
export function freeNamesOf(program: Node): FreeNames {
  const { analyze } = require("eslint-scope") as typeof import("eslint-scope");
  const scopes = analyze(program as never, { ecmaVersion: 2022, sourceType: "module" });
  const surroundings = surroundingsOf(program as Tree);
  const uses = new Map<string, NameUse>();
  for (const reference of scopes.globalScope?.through ?? []) {
    const { name } = reference.identifier as { name: string };
    const use: NameUse = uses.get(name) ?? {
      name,
      members: new Set(),
      isUsedWhole: false,
      assigned: new Set(),
      isOnlyTested: true,
      isMadeAnew: false,
    };
    uses.set(name, use);
    const { start } = reference.identifier as unknown as Node;
    const isInBlock = surroundings.staticBlocks.some((block) => block.start < start && start < block.end);
    if (reference.isWrite() && isInBlock) {
      use.isMadeAnew = true;
    }
    const isWrite = reference.isWrite() && !isInBlock;
    noteUse(use, surroundings.parents.get(reference.identifier as object), isWrite);
  }
  return { uses: [...uses.values()], ...surroundings };
}

/** The node that says how a reference is used: a member access with what is done to it, or `typeof`. */
interface Surrounding {
  readonly member?: string;
  readonly isAssigned?: boolean;
  readonly isTypeof?: boolean;
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

function surroundingsOf(program: Tree) {
  const found = {
    parents: new Map<object, Surrounding>(),
    staticBlocks: [] as Node[],
    usesOuterThis: false,
    usesOwnThis: false,
    usesSuper: false,
    usesImportMeta: false,
    hasPrivateNames: false,
  };
  walk(program, "outer", false);
  return found;

  /** `owner` is whose `this` it is: nobody's inside, the outermost function's, or an inner function's. */
  function walk(node: Tree, owner: "outer" | "own" | "inner", isInClass: boolean, isAssigned = false): void {
    const { type } = node;
    if (type === "ThisExpression" && owner === "outer") {
      found.usesOuterThis = true;
    }
    if (type === "ThisExpression" && owner === "own") {
      found.usesOwnThis = true;
    }
    if (type === "Super" && !isInClass && owner !== "inner") {
      found.usesSuper = true;
    }
    if (type === "MetaProperty" && (node.meta as { name?: string }).name === "import") {
      found.usesImportMeta = true;
    }
    if (type === "PrivateIdentifier") {
      found.hasPrivateNames = true;
    }
    if (type === "StaticBlock") {
      found.staticBlocks.push(node);
    }
    if (type === "MemberExpression") {
      noteMember(node, isAssigned);
    }
    if (type === "UnaryExpression" && node.operator === "typeof") {
      found.parents.set(node.argument as object, { isTypeof: true });
    }
    const isFunction = type === "FunctionExpression" || type === "FunctionDeclaration";
    const isClass = type === "ClassExpression" || type === "ClassDeclaration";
    const inner = isFunction ? (owner === "outer" ? "own" : "inner") : isClass ? "inner" : owner;
    for (const [key, child] of childrenOf(node)) {
      const isTarget =
        targets[type] === key ||
        (type === "UnaryExpression" && node.operator === "delete") ||
        (isAssigned && type === "Property" && key === "value");
      walk(child, inner, isInClass || isClass, isTarget);
    }
  }

  function noteMember(node: Tree, isAssigned: boolean): void {
    const left = node.object as Tree;
    // `(_a = exports).name`, as TypeScript compiles decorators
    const object = left.type === "AssignmentExpression" ? (left.right as Tree) : left;
    const property = node.property as { name?: string; value?: unknown };
    const member = node.computed ? property.value : property.name;
    if (object.type === "Identifier" && typeof member === "string") {
      found.parents.set(object, { member, isAssigned });
    }
  }
}

/** Which part of a node is assigned to. */
const targets: Readonly<Record<string, string>> = {
  AssignmentExpression: "left",
  AssignmentPattern: "left",
  UpdateExpression: "argument",
  ForInStatement: "left",
  ForOfStatement: "left",
  ArrayPattern: "elements",
  ObjectPattern: "properties",
  RestElement: "argument",
};

function* childrenOf(node: Tree): Generator<[string, Tree]> {
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === "object" && typeof child.type === "string") {
        yield [key, child];
      }
    }
  }
}
