import type ts from "typescript";
import type { CellServices } from "./cell-services.js";

/** A name in a cell. */
export interface NameInCell {
  /** Position of the cell in the notebook. */
  cell: number;
  start: number;
  end: number;
  /** The text that a renamed name must have here, where it is not the new name alone: `{ a }` becomes `{ a: b }`. */
  renamed: (name: string) => string;
}

/** `isUse` is false where the text is only shown, and not renamed. */
export function place(services: CellServices, cell: number, node: ts.Node, isUse: boolean): NameInCell {
  const { file } = services;
  const old = node.getText(file);
  const renamed = isUse ? renaming(services, node, old) : (name: string) => name;
  return { cell, start: node.getStart(file), end: node.end, renamed };
}

function renaming(
  { project: { compiler } }: CellServices,
  node: ts.Node,
  old: string,
): (name: string) => string {
  const { parent } = node;
  if (compiler.isShorthandPropertyAssignment(parent) && parent.name === node) {
    return (name) => `${old}: ${name}`;
  }
  if (
    compiler.isBindingElement(parent) &&
    parent.name === node &&
    !parent.propertyName &&
    !parent.dotDotDotToken
  ) {
    return compiler.isObjectBindingPattern(parent.parent) ? (name) => `${old}: ${name}` : (name) => name;
  }
  return compiler.isImportSpecifier(parent) && !parent.propertyName
    ? (name) => `${old} as ${name}`
    : (name) => name;
}
