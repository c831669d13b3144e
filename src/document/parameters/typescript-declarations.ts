import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/javascript";
import type { DeclaredParameter } from "./declared-parameter.js";

const typescriptParser = parser.configure({ dialect: "ts" });

/** The variables that a TypeScript or JavaScript cell declares at its top level with a default. */
export function typescriptDeclarations(source: string, { typed }: { typed: boolean }): DeclaredParameter[] {
  const found: DeclaredParameter[] = [];
  const visit = (node: SyntaxNode) => {
    if (node.name === "VariableDeclaration") {
      found.push(...declarators(node, source, typed));
    }
    if (node.name === "Script" || node.name === "ExportDeclaration") {
      children(node).forEach(visit);
    }
  };
  visit(typescriptParser.parse(source).topNode);
  return found;
}

function declarators(declaration: SyntaxNode, source: string, typed: boolean): DeclaredParameter[] {
  const text = (node: SyntaxNode) => source.slice(node.from, node.to);
  const found: DeclaredParameter[] = [];
  const nodes = children(declaration);
  const keyword = nodes[0] ? text(nodes[0]) : "const";
  nodes.forEach((node, index) => {
    if (node.name !== "Equals") {
      return;
    }
    const before = nodes.slice(0, index);
    const name = before.findLast(({ name }) => name === "VariableDefinition");
    const value = nodes[index + 1];
    if (!name || !value) {
      return;
    }
    const annotation = before.findLast(({ name }) => name === "TypeAnnotation");
    const isOwn = annotation !== undefined && annotation.from >= name.to;
    const type = isOwn ? text(annotation).replace(/^:\s*/, "") : typeOfDefault(value, source);
    found.push({
      name: text(name),
      keyword,
      ...(typed && type !== undefined && { type }),
      default: text(value),
      ...commentBehind(source, declaration.to),
    });
  });
  return found;
}

/** The type of a default that says it at a glance. */
function typeOfDefault(value: SyntaxNode, source: string): string | undefined {
  if (value.name === "ArrayExpression") {
    const types = children(value)
      .filter(({ name }) => !"[],".includes(name))
      .map((item) => typeOfDefault(item, source));
    const [first] = types;
    return first !== undefined && types.every((type) => type === first) ? `${first}[]` : undefined;
  }
  if (value.name === "UnaryExpression" && value.lastChild) {
    return typeOfDefault(value.lastChild, source);
  }
  if (value.name === "Number") {
    return source[value.to - 1] === "n" ? "bigint" : "number";
  }
  return { String: "string", TemplateString: "string", BooleanLiteral: "boolean" }[value.name];
}

function commentBehind(source: string, position: number): { comment?: string } {
  const comment = /^[;\s]*?\/\/[ \t]*(.*)/.exec(source.slice(position).split("\n", 1)[0] ?? "");
  return comment?.[1] ? { comment: comment[1].trim() } : {};
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    found.push(child);
  }
  return found;
}
