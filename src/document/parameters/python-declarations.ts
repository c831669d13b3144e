import { parser } from "@lezer/python";
import type { DeclaredParameter } from "./declared-parameter.js";

/**
 * The names that a Python cell assigns at its top level. A type may stand in an annotation or, as papermill has it, in
 * a comment: `x = 1  # type: int how many`.
 */
export function pythonDeclarations(source: string): DeclaredParameter[] {
  const found: DeclaredParameter[] = [];
  const text = ({ from, to }: { from: number; to: number }) => source.slice(from, to);
  for (
    let statement = parser.parse(source).topNode.firstChild;
    statement;
    statement = statement.nextSibling
  ) {
    if (statement.name !== "AssignStatement") {
      continue;
    }
    const name = statement.getChild("VariableName");
    const operator = statement.getChild("AssignOp");
    if (!name || !operator || statement.getChildren("AssignOp").length > 1) {
      continue;
    }
    const annotation = statement.getChild("TypeDef");
    const { type, comment } = readComment(source, statement.to);
    const declaredType = annotation ? text(annotation).replace(/^:\s*/, "") : type;
    found.push({
      name: text(name),
      ...(declaredType !== undefined && { type: declaredType }),
      default: source.slice(operator.to, statement.to).trim(),
      ...(comment && { comment }),
    });
  }
  return found;
}

function readComment(source: string, position: number): { type?: string; comment?: string } {
  const behind = /^[;\s]*?#[ \t]*(.*)/.exec(source.slice(position).split("\n", 1)[0] ?? "")?.[1]?.trim();
  const typed = /^type:\s*(\S+)\s*(.*)$/.exec(behind ?? "");
  return typed ? { type: typed[1], comment: typed[2] } : { comment: behind };
}
