import type ts from "typescript";
import type { CellSourceFile, Compiler } from "../compiler/compiler.js";
import { topLevelSymbols } from "./top-level-symbols.js";

/** Marks, in the declarations of earlier cells, what a cell declared to exist elsewhere (`declare const x`). */
export const ambientMark = "/*ambient*/";

/** Tells the names in a cell that are the notebook's variables, which live on `exports`, from all others. */
export class NotebookNames {
  readonly #compiler: Compiler;
  readonly checker: ts.TypeChecker;
  readonly #cell: CellSourceFile;
  readonly #declarations = new Set<ts.Declaration>();
  readonly #names = new Set<string>();

  constructor(compiler: Compiler, checker: ts.TypeChecker, cell: CellSourceFile, previous: CellSourceFile) {
    this.#compiler = compiler;
    this.checker = checker;
    this.#cell = cell;
    for (const file of [previous, cell]) {
      for (const symbol of topLevelSymbols(compiler, file)) {
        for (const declaration of symbol.declarations ?? []) {
          if (!this.#isAmbient(declaration, file)) {
            this.#declarations.add(declaration);
            this.#names.add(this.#compiler.symbolName(symbol));
          }
        }
      }
    }
  }

  /** The values that the cell itself declares. */
  declared(): string[] {
    return this.#declaredSymbols().map((symbol) => this.#compiler.symbolName(symbol));
  }

  #declaredSymbols(): ts.Symbol[] {
    return topLevelSymbols(this.#compiler, this.#cell).filter((symbol) => this.#isValue(symbol));
  }

  /** The names that the cell only says to exist elsewhere. */
  ambient(): Set<string> {
    const isAmbient = (symbol: ts.Symbol) =>
      symbol.declarations?.every(
        (declaration) => this.#isAmbient(declaration, this.#cell) && !this.#isTypeOnly(declaration),
      ) ?? false;
    const symbols = topLevelSymbols(this.#compiler, this.#cell).filter(isAmbient);
    return new Set(symbols.map((symbol) => this.#compiler.symbolName(symbol)));
  }

  /** Declarations of what `var` declares inside blocks, which TypeScript's own leave out. */
  declarationsFromBlocks(): string {
    const { NoTruncation } = this.#compiler.TypeFormatFlags;
    return this.#declaredSymbols()
      .filter((symbol) => symbol.declarations?.every((declaration) => this.#isVarBelow(declaration)))
      .map((symbol) => {
        const type = this.checker.getTypeOfSymbol(symbol);
        return `declare var ${this.#compiler.symbolName(symbol)}: ${this.checker.typeToString(type, this.#cell, NoTruncation)};\n`;
      })
      .join("");
  }

  /** The names that `var` declares without a value of its own in the same statement at the top. */
  late(): string[] {
    const { FunctionScopedVariable } = this.#compiler.SymbolFlags;
    return this.#declaredSymbols()
      .filter(({ flags }) => (flags & FunctionScopedVariable) !== 0)
      .filter(({ declarations }) => declarations?.some((each) => this.#isLate(each)))
      .map((symbol) => this.#compiler.symbolName(symbol));
  }

  #isLate(declaration: ts.Declaration): boolean {
    const variable = this.#variableOf(declaration);
    return variable !== undefined && (!variable.initializer || !this.#isAtTop(variable));
  }

  #isVarBelow(declaration: ts.Declaration): boolean {
    const variable = this.#variableOf(declaration);
    return variable !== undefined && !this.#isAtTop(variable);
  }

  #variableOf(declaration: ts.Declaration): ts.VariableDeclaration | undefined {
    let node: ts.Node = declaration;
    while (this.#compiler.isBindingElement(node)) {
      node = node.parent.parent;
    }
    return this.#compiler.isVariableDeclaration(node) ? node : undefined;
  }

  #isAtTop(variable: ts.VariableDeclaration): boolean {
    const statement = variable.parent.parent;
    return this.#compiler.isVariableStatement(statement) && statement.parent === this.#cell;
  }

  #isTypeOnly(declaration: ts.Declaration): boolean {
    return (
      this.#compiler.isInterfaceDeclaration(declaration) || this.#compiler.isTypeAliasDeclaration(declaration)
    );
  }

  /** False of JavaScript and of what `@ts-nocheck` leaves unchecked: there a type is only a guess. */
  get isTypeChecked(): boolean {
    return !this.#compiler.isSourceFileJS(this.#cell) && this.#cell.checkJsDirective?.enabled !== false;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** True of an identifier that stands for a notebook variable. Inside its own declaration a name stays as it is. */
  isReference(node: ts.Identifier): boolean {
    return (
      this.#names.has(node.text) &&
      this.#compiler.isExpressionNode(node) &&
      this.#isOurs(this.#value(node), node)
    );
  }

  /** The same for a name that is not written at the place where it is meant. */
  isMeant(name: string, place: ts.Node): boolean {
    const { Value } = this.#compiler.SymbolFlags;
    return this.#names.has(name) && this.#isOurs(this.checker.resolveName(name, place, Value, false), place);
  }

  /** The same for `{ name }`. */
  isShorthandReference(node: ts.ShorthandPropertyAssignment): boolean {
    return (
      this.#names.has(node.name.text) &&
      this.#isOurs(this.checker.getShorthandAssignmentValueSymbol(node), node.name)
    );
  }

  isConstant(node: ts.Identifier): boolean {
    const { isImportClause, isImportSpecifier, isNamespaceImport, NodeFlags } = this.#compiler;
    const constant = NodeFlags.Const | NodeFlags.Using | NodeFlags.AwaitUsing;
    return (this.#value(node)?.declarations ?? []).some(
      (declaration) =>
        (this.#compiler.getCombinedNodeFlags(declaration) & constant) !== 0 ||
        [isImportSpecifier, isImportClause, isNamespaceImport].some((isImport) => isImport(declaration)),
    );
  }

  #value(node: ts.Identifier): ts.Symbol | undefined {
    return this.#compiler.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
  }

  /** True of a `var` list, anywhere in the cell, that declares notebook variables. */
  declares(list: ts.VariableDeclarationList): boolean {
    return list.declarations.some((declaration) => this.#binds(declaration));
  }

  isValueAlias(node: ts.ImportEqualsDeclaration): boolean {
    const symbol = this.checker.getSymbolAtLocation(node.name);
    return symbol !== undefined && this.#isValue(symbol);
  }

  /** True of an imported name that has no value at run time, although cells may use it as one: a `const enum`. */
  isErased(node: ts.ImportSpecifier): boolean {
    const written = this.#compiler.getParseTreeNode(node, this.#compiler.isImportSpecifier);
    const symbol = written && this.checker.getSymbolAtLocation(written.name);
    const target = symbol && this.checker.getAliasedSymbol(symbol);
    const { Value, ConstEnum } = this.#compiler.SymbolFlags;
    return (
      target !== undefined &&
      (target.flags & Value & ~ConstEnum) === 0 &&
      !this.checker.isUnknownSymbol(target)
    );
  }

  #binds(declaration: ts.VariableDeclaration | ts.BindingElement): boolean {
    const { name } = declaration;
    if (this.#compiler.isIdentifier(name)) {
      return this.#declarations.has(declaration);
    }
    return name.elements.some((element) => this.#compiler.isBindingElement(element) && this.#binds(element));
  }

  #isOurs(symbol: ts.Symbol | undefined, node: ts.Node): boolean {
    const declarations = symbol?.declarations ?? [];
    return (
      declarations.some((declaration) => this.#declarations.has(declaration)) &&
      !declarations.some((declaration) => this.#isInside(node, declaration))
    );
  }

  #isInside(node: ts.Node, declaration: ts.Declaration): boolean {
    const compiler = this.#compiler;
    const bindsItself =
      compiler.isFunctionDeclaration(declaration) ||
      compiler.isClassDeclaration(declaration) ||
      compiler.isEnumDeclaration(declaration) ||
      compiler.isModuleDeclaration(declaration);
    return (
      bindsItself &&
      declaration.getSourceFile() === this.#cell &&
      declaration.pos <= node.pos &&
      node.end <= declaration.end
    );
  }

  #isValue(symbol: ts.Symbol): boolean {
    const { Value, Alias } = this.#compiler.SymbolFlags;
    if (!symbol.declarations?.some((declaration) => this.#declarations.has(declaration))) {
      return false;
    }
    const target = symbol.flags & Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    return (target.flags & Value) !== 0 || this.checker.isUnknownSymbol(target);
  }

  #isAmbient(declaration: ts.Declaration, file: CellSourceFile): boolean {
    if (file === this.#cell) {
      return (
        (this.#compiler.getCombinedModifierFlags(declaration) & this.#compiler.ModifierFlags.Ambient) !== 0
      );
    }
    let statement: ts.Node = declaration;
    while (statement.parent && statement.parent !== file) {
      statement = statement.parent;
    }
    return file.text.startsWith(ambientMark, statement.getStart(file) - ambientMark.length);
  }
}
