import type ts from "typescript";
import type { Compiler } from "../compiler/compiler.js";
import type { CellServices } from "./cell-services.js";
import { isOfEarlierCells } from "./earlier-cells.js";
import { type NameInCell, place } from "./name-in-cell.js";

type Target =
  /** Seen in its own cell only. */
  | { kind: "local"; symbol: ts.Symbol }
  /** A name that the cell `declaredIn` declares for those behind it. */
  | { kind: "notebook"; name: string; declaredIn: number };

/** Finds a name's uses in a notebook's cells: `at` gives the services of the cell at a position. */
export class NotebookReferences {
  readonly #count: number;
  readonly #at: (cell: number) => CellServices | undefined;

  constructor(count: number, at: (cell: number) => CellServices | undefined) {
    this.#count = count;
    this.#at = at;
  }

  /** The place where the last cell before `cell` that declares a name does so, or declares a member of it. */
  declarationBefore(cell: number, name: string, member?: string): NameInCell | undefined {
    for (let index = cell - 1; index >= 0; index--) {
      const services = this.#at(index);
      const declaration = services && !services.isModule && declarationOf(services, name);
      const node = declaration && nameOf(services, declaration, member);
      if (node) {
        return place(services, index, node, false);
      }
    }
    return undefined;
  }

  /** Why the notebook's names cannot be called so; undefined when they can. */
  renameProblem(name: string): string | undefined {
    const services = this.#count > 0 ? this.#at(0) : undefined;
    const { compiler } = services?.project ?? {};
    const scanner = compiler?.createScanner(compiler.ScriptTarget.Latest, false);
    scanner?.setText(name);
    if (
      !compiler ||
      scanner?.scan() !== compiler.SyntaxKind.Identifier ||
      scanner.getTokenEnd() !== name.length
    ) {
      return `\`${name}\` is no name`;
    }
    for (let index = 0; index < this.#count; index++) {
      const cell = this.#at(index);
      if (cell && identifiers(cell, name).length > 0) {
        return `\`${name}\` is used in the notebook already`;
      }
    }
    return undefined;
  }

  /** All uses of the name at the offset, its declaration among them; empty where there is no name of the notebook's. */
  find(cell: number, offset: number): NameInCell[] {
    const services = this.#at(cell);
    const node = services && identifierAt(services, offset);
    const target = services && node && this.#target(services, cell, node);
    if (!services || !node || !target) {
      return [];
    }
    if (target.kind === "local") {
      return identifiers(services, node.text)
        .filter((each) => symbolOf(services, each) === target.symbol)
        .map((each) => place(services, cell, each, true));
    }
    return this.#uses(target.name, target.declaredIn);
  }

  #uses(name: string, declaredIn: number): NameInCell[] {
    const found: NameInCell[] = [];
    for (let index = declaredIn; index < this.#count; index++) {
      const services = this.#at(index);
      if (!services?.file.text.includes(name) || services.isModule) {
        continue;
      }
      const isDeclaring = declares(services, name);
      if (index > declaredIn && isDeclaring) {
        break;
      }
      found.push(
        ...identifiers(services, name)
          .filter((each) => isTopLevelName(services, symbolOf(services, each), isDeclaring))
          .map((each) => place(services, index, each, true)),
      );
    }
    return found;
  }

  #target(services: CellServices, cell: number, node: ts.Identifier): Target | undefined {
    const symbol = symbolOf(services, node);
    if (!symbol?.declarations) {
      return undefined;
    }
    if (isTopLevelName(services, symbol, true)) {
      return services.isModule ? undefined : { kind: "notebook", name: node.text, declaredIn: cell };
    }
    if (isTopLevelName(services, symbol, false)) {
      const declared = this.declarationBefore(cell, node.text);
      return declared && { kind: "notebook", name: node.text, declaredIn: declared.cell };
    }
    const isOwn = symbol.declarations.every((each) => each.getSourceFile() === services.file);
    return isOwn && !isSeenElsewhere(services, symbol) ? { kind: "local", symbol } : undefined;
  }
}

function declarationOf(
  { file, project: { compiler } }: CellServices,
  name: string,
): ts.Declaration | undefined {
  return file.locals.get(name)?.declarations?.find((each) => !compiler.isExportSpecifier(each));
}

function isNamed(compiler: Compiler, node: ts.Node): node is ts.Node & { name: ts.Identifier } {
  const isMember =
    compiler.isClassElement(node) || compiler.isTypeElement(node) || compiler.isEnumMember(node);
  const isDeclared =
    isMember || compiler.isObjectLiteralElement(node) || compiler.isVariableDeclaration(node);
  return isDeclared && node.name !== undefined && compiler.isIdentifier(node.name);
}

/** The name of a declaration, or that of the first member in it which is called so. */
function nameOf(
  { project: { compiler } }: CellServices,
  declaration: ts.Declaration,
  member: string | undefined,
): ts.Node | undefined {
  const own = compiler.getNameOfDeclaration(declaration);
  const find = (node: ts.Node): ts.Node | undefined => {
    const name = isNamed(compiler, node) ? node.name : undefined;
    const isMeant = name !== undefined && name !== own && name.text === member;
    return isMeant ? name : compiler.forEachChild(node, find);
  };
  return (member === undefined ? undefined : find(declaration)) ?? own;
}

function declares({ file }: CellServices, name: string): boolean {
  return file.locals.has(name);
}

/** True of a symbol that the cell itself declares at its top (`inCell`), or a cell before it. */
function isTopLevelName({ file }: CellServices, symbol: ts.Symbol | undefined, inCell: boolean): boolean {
  return (symbol?.declarations ?? []).some((declaration) => {
    const source = declaration.getSourceFile();
    if (inCell) {
      return source === file && symbol !== undefined && file.locals.get(symbol.name) === symbol;
    }
    return isOfEarlierCells(source) && isAtTop(declaration, source);
  });
}

/** True of members, which objects of any cell may have, and of what is declared as global. */
function isSeenElsewhere(
  { project: { compiler } }: CellServices,
  { flags, declarations = [] }: ts.Symbol,
): boolean {
  const { ClassMember, EnumMember } = compiler.SymbolFlags;
  const isParameterProperty = (each: ts.Declaration) =>
    compiler.isParameter(each) && compiler.isParameterPropertyDeclaration(each, each.parent);
  const isOfAnotherScope = (each: ts.Declaration) => compiler.findAncestor(each, compiler.isModuleBlock);
  return (
    (flags & (ClassMember | EnumMember)) !== 0 ||
    declarations.some((each) => isParameterProperty(each) || isOfAnotherScope(each))
  );
}

function isAtTop(declaration: ts.Node, file: ts.SourceFile): boolean {
  const depth = (node: ts.Node): number => (node.parent && node.parent !== file ? 1 + depth(node.parent) : 0);
  return depth(declaration) <= 3;
}

function symbolOf(
  { program, project: { compiler } }: CellServices,
  node: ts.Identifier,
): ts.Symbol | undefined {
  const checker = program.getTypeChecker();
  const { parent } = node;
  if (compiler.isShorthandPropertyAssignment(parent)) {
    return checker.getShorthandAssignmentValueSymbol(parent);
  }
  return checker.getSymbolAtLocation(node);
}

function identifierAt(
  { project: { compiler }, file }: CellServices,
  offset: number,
): ts.Identifier | undefined {
  const touching = [offset, offset - 1].map((each) =>
    compiler.getTouchingPropertyName(file, Math.max(0, each)),
  );
  return touching.find((node): node is ts.Identifier => compiler.isIdentifier(node));
}

/** The identifiers of the cell that are this word, without those of the export that the compiler's file ends with. */
function identifiers({ project: { compiler }, file }: CellServices, word: string): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isExportDeclaration(node)) {
      return;
    }
    if (compiler.isIdentifier(node) && node.text === word) {
      found.push(node);
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
