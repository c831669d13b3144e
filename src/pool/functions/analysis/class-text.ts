import { expressionIn, type FunctionSource } from "./function-source.js";
import { childrenOf, isTree, type Tree } from "./syntax-tree.js";

/** A member as the text of its class has it. */
export interface WrittenMember {
  readonly kind: "method" | "get" | "set" | "field" | "block";
  readonly isStatic: boolean;
  /** With `#`, if it is private; undefined if it is computed. */
  readonly key: string | undefined;
  readonly hasPrivateNames: boolean;
  /** Functions or classes within it use private names: such a function cannot travel by itself. */
  readonly hasPrivateClosures: boolean;
  /** As the function says of itself, without `static`. */
  readonly text: string;
  /** Its place in the class expression. */
  readonly start: number;
  readonly end: number;
  readonly value: { readonly start: number; readonly end: number } | undefined;
}

export interface ClassText {
  /** The place of the expression that says what the class extends. */
  readonly heritage: { readonly start: number; readonly end: number } | undefined;
  readonly extendsNull: boolean;
  readonly members: readonly WrittenMember[];
}

const texts = new WeakMap<Tree, ClassText>();

export function classTextOf({ expression, program }: FunctionSource): ClassText {
  const known = texts.get(program) ?? readClass(expression, program);
  texts.set(program, known);
  return known;
}

function readClass(expression: string, program: Tree): ClassText {
  const tree = expressionIn(program);
  const superClass = tree?.superClass;
  const extendsNull = isTree(superClass) && superClass.type === "Literal";
  return {
    heritage: isTree(superClass) && !extendsNull ? placeOf(superClass) : undefined,
    extendsNull,
    members: membersOf(tree).map((member) => writtenMember(expression, member)),
  };
}

function membersOf(tree: Tree | undefined): Tree[] {
  const body = tree && isTree(tree.body) ? tree.body.body : [];
  return Array.isArray(body) ? body.filter(isTree) : [];
}

/** Places in the tree count from the parenthesis before the expression. */
function placeOf({ start, end }: Tree): { start: number; end: number } {
  return { start: start - "(".length, end: end - "(".length };
}

function writtenMember(expression: string, member: Tree): WrittenMember {
  const place = placeOf(member);
  return {
    kind: kindOf(member),
    isStatic: member.static === true || member.type === "StaticBlock",
    key: keyOf(member),
    hasPrivateNames: hasPrivateNames(member),
    hasPrivateClosures: hasPrivateClosures(member),
    text: expression.slice(place.start, place.end).replace(/^static\b(?!\s*\()\s*/, ""),
    ...place,
    value: isTree(member.value) ? placeOf(member.value) : undefined,
  };
}

function kindOf({ type, kind }: Tree): WrittenMember["kind"] {
  if (type === "StaticBlock") {
    return "block";
  }
  if (type === "PropertyDefinition") {
    return "field";
  }
  return kind === "get" || kind === "set" ? kind : "method";
}

function keyOf({ key, computed }: Tree): string | undefined {
  if (!isTree(key) || computed === true) {
    return undefined;
  }
  if (key.type === "PrivateIdentifier") {
    return `#${key.name}`;
  }
  return String(key.type === "Identifier" ? key.name : key.value);
}

function hasPrivateNames(node: Tree): boolean {
  return (
    node.type === "PrivateIdentifier" || [...childrenOf(node)].some(([, child]) => hasPrivateNames(child))
  );
}

function hasPrivateClosures(node: Tree): boolean {
  return [...childrenOf(node)].some(([, child]) =>
    /Function|Class/.test(child.type) ? hasPrivateNames(child) : hasPrivateClosures(child),
  );
}

/** The parts of a class expression that run when the class is made. */
export function partsRunAtOnce(program: Tree): Tree[] {
  const tree = expressionIn(program);
  if (tree?.type !== "ClassExpression") {
    return [];
  }
  const parts = membersOf(tree).flatMap((member) => {
    const key = member.computed === true ? member.key : undefined;
    const value = member.static === true && member.type === "PropertyDefinition" ? member.value : undefined;
    return [key, value, member.type === "StaticBlock" ? member : undefined];
  });
  return [tree.superClass, ...parts].filter(isTree);
}
