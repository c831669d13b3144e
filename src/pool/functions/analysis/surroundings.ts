import { unusedThis } from "./compiled-helpers.js";
import { childrenOf, isTree, type Tree } from "./syntax-tree.js";

/** The use that is made of a name: a member of it is read or assigned to, or its type is asked for. */
export interface Surrounding {
  readonly member?: string;
  readonly isAssigned?: boolean;
  readonly isTypeof?: boolean;
  /** It is `__tslab__` in `__tslab__.exports.member`. */
  readonly isSession?: boolean;
}

/** Belongs to nobody inside, also in an arrow function, to the outermost function, or to an inner one: `this`. */
type Owner = "outer" | "arrow" | "own" | "inner";

interface Position {
  readonly owner: Owner;
  readonly isInClass: boolean;
  readonly isAssigned: boolean;
}

/** Walks through an expression and notes what stands around its names, and what it takes from around itself. */
export class Surroundings {
  /** By the identifier that stands there. */
  readonly parents = new Map<object, Surrounding>();
  readonly staticBlocks: Tree[] = [];
  usesOuterThis = false;
  usesOwnThis = false;
  usesSuper = false;
  usesImportMeta = false;
  usesImport = false;
  hasPrivateNames = false;

  constructor(program: Tree) {
    this.#walk(program, { owner: "outer", isInClass: false, isAssigned: false });
  }

  #walk(node: Tree, position: Position): void {
    this.#note(node, position);
    const unused = unusedThis(node);
    const isClass = node.type === "ClassExpression" || node.type === "ClassDeclaration";
    const owner = ownerInside(node, position.owner);
    const isInClass = position.isInClass || isClass;
    for (const [key, child] of childrenOf(node)) {
      if (child === unused) {
        continue;
      }
      this.#walk(child, { owner, isInClass, isAssigned: isTarget(node, key, position.isAssigned) });
    }
  }

  #note(node: Tree, { owner, isInClass, isAssigned }: Position): void {
    switch (node.type) {
      case "ThisExpression":
        this.usesOuterThis ||= owner === "outer" || owner === "arrow";
        this.usesOwnThis ||= owner === "own";
        break;
      case "Super":
        this.usesSuper ||= !isInClass && owner !== "inner";
        break;
      case "MetaProperty":
        this.usesImportMeta ||= isTree(node.meta) && node.meta.name === "import";
        break;
      case "ImportExpression":
        this.usesImport = true;
        break;
      case "PrivateIdentifier":
        this.hasPrivateNames = true;
        break;
      case "StaticBlock":
        this.staticBlocks.push(node);
        break;
      case "MemberExpression":
        this.#noteMember(node, isAssigned);
        break;
      case "UnaryExpression":
        if (node.operator === "typeof" && isTree(node.argument)) {
          this.parents.set(node.argument, { isTypeof: true });
        }
    }
  }

  #noteMember({ object: left, property, computed }: Tree, isAssigned: boolean): void {
    // `(_a = exports).name`, as TypeScript compiles decorators
    const object = isTree(left) && left.type === "AssignmentExpression" ? left.right : left;
    const member = isTree(property) ? (computed ? property.value : property.name) : undefined;
    if (!isTree(object) || typeof member !== "string") {
      return;
    }
    const session = sessionIn(object);
    if (session) {
      this.parents.set(session, { member, isAssigned, isSession: true });
    } else if (object.type === "Identifier" && !this.parents.has(object)) {
      this.parents.set(object, { member, isAssigned });
    }
  }
}

/** Cells that have an `exports` of their own say `__tslab__.exports`. */
function sessionIn({ type, object, property }: Tree): Tree | undefined {
  const isExports = type === "MemberExpression" && isTree(property) && property.name === "exports";
  return isExports && isTree(object) && object.name === "__tslab__" ? object : undefined;
}

function ownerInside({ type }: Tree, owner: Owner): Owner {
  if (type === "ArrowFunctionExpression" && owner === "outer") {
    return "arrow";
  }
  if (type === "FunctionExpression" || type === "FunctionDeclaration") {
    return owner === "outer" ? "own" : "inner";
  }
  return type === "ClassExpression" || type === "ClassDeclaration" ? "inner" : owner;
}

function isTarget({ type, operator }: Tree, key: string, isAssigned: boolean): boolean {
  return (
    targets[type] === key ||
    (type === "UnaryExpression" && operator === "delete") ||
    (isAssigned && type === "Property" && key === "value")
  );
}

/** The part of a node that is assigned to. */
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
