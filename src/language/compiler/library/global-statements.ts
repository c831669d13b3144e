/** The word that begins a declaration. */
export type StatementKind = "interface" | "type" | "var" | "let" | "const" | "function" | "namespace";

export interface GlobalStatement {
  kind: StatementKind;
  name: string;
  /** With the comment before it. */
  text: string;
}

const licence = /^\/\*![\s\S]*?\*\//gm;
const beginning =
  /^(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*)?(?:declare )?(interface|type|var|let|const|function|namespace) ([\w$]+)/gm;
/** Statements begin at the margin, and nothing else that begins with a letter does. */
const atMargin = /^[\w$@]/gm;

/**
 * The statements of a library of TypeScript's, told apart by its layout and not by a parser; undefined of a text that is
 * laid out otherwise.
 */
export function globalStatements(library: string): GlobalStatement[] | undefined {
  const text = library.replace(licence, "");
  const found = [...text.matchAll(beginning)];
  if (found.length === 0 || found.length !== text.match(atMargin)?.length) {
    return undefined;
  }
  return found.map(({ 1: kind, 2: name = "", index }, number) => ({
    kind: kind as StatementKind,
    name,
    text: text.slice(index, found[number + 1]?.index),
  }));
}
