import ts from "typescript";

const note = 'solution: "The solution is not part of this version."';

/** A module with exercises as students get it: `solution` says nothing, and `wrongAnswers` are gone. */
export function studentModule(source: string): string {
  const file = ts.createSourceFile("exercises.ts", source, ts.ScriptTarget.Latest, true);
  const edits: { start: number; end: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "defineExercise") {
      for (const argument of node.arguments.filter(ts.isObjectLiteralExpression)) {
        edits.push(...argument.properties.flatMap((property) => editOf(property, source)));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), source);
}

function editOf(property: ts.ObjectLiteralElementLike, source: string) {
  const [start, end] = [property.getStart(), property.getEnd()];
  switch (property.name?.getText()) {
    case "solution":
      return [{ start, end, text: note }];
    case "wrongAnswers": {
      const comma = /^\s*,/.exec(source.slice(end))?.[0].length ?? 0;
      return [{ start: property.getFullStart(), end: end + comma, text: "" }];
    }
    default:
      return [];
  }
}
