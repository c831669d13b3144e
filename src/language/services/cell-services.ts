import type ts from "typescript";
import { cellMetadata } from "../cell/cell-comments.js";
import type { CellSourceFile } from "../compiler/compiler.js";
import type { Project } from "../compiler/project.js";
import { programOf } from "../questions/cell-program.js";
import { describeName } from "../questions/inspection.js";
import {
  formatContext,
  preferences,
  type ServiceHost,
  serviceHost,
  servicesOf,
  uncancelled,
} from "../questions/service-host.js";
import { signatureLine, signaturesAt } from "../questions/signature.js";
import { isOfEarlierCells } from "./earlier-cells.js";
import { importables } from "./importables.js";

/** A cell's text, and its surroundings in its notebook. */
export interface CellInNotebook {
  source: string;
  /** The declarations of the cells before it. */
  previous: string;
  modules: readonly CellSourceFile[];
}

/** A change of a cell's text. */
export interface CellEdit {
  start: number;
  end: number;
  text: string;
}

export interface Fix {
  title: string;
  edits: CellEdit[];
}

/** Answers to an editor about one cell; offsets are in UTF-16 units. */
export class CellServices {
  readonly program: ts.Program;
  readonly file: CellSourceFile;
  readonly project: Project;
  /** The cell is a module of its own: the others see only what they import of it. */
  readonly isModule: boolean;
  readonly #cell: CellInNotebook;
  readonly #host: ServiceHost;

  constructor(project: Project, cell: CellInNotebook) {
    this.project = project;
    this.#cell = cell;
    this.isModule = cellMetadata(project.compiler, cell.source).module !== undefined;
    let others: ts.Program | undefined;
    // It is asked for with each name.
    this.#host = serviceHost(project, () => {
      others ??= importables(project);
      return others;
    });
    ({ program: this.program, file: this.file } = programOf(project, { ...cell, offset: 0 }));
  }

  completions(offset: number, triggerCharacter?: string): ts.CompletionInfo | undefined {
    const { compiler } = this.project;
    const { Invoked, TriggerCharacter } = compiler.CompletionTriggerKind;
    return servicesOf(compiler).Completions.getCompletionsAtPosition(
      this.#host,
      this.program,
      () => {},
      this.file,
      offset,
      preferences,
      triggerCharacter,
      triggerCharacter === undefined ? Invoked : TriggerCharacter,
      uncancelled,
      formatContext(compiler),
    );
  }

  /** Type and documentation of a completion, and the edits that come with it, as for an import. */
  completionDetails(
    offset: number,
    entry: { name: string; source?: string; data?: ts.CompletionEntryData },
  ): { signature: string; documentation: string; edits: CellEdit[] } | undefined {
    const { compiler } = this.project;
    const details = servicesOf(compiler).Completions.getCompletionEntryDetails(
      this.program,
      () => {},
      this.file,
      offset,
      entry,
      this.#host,
      formatContext(compiler),
      preferences,
      uncancelled,
    );
    return (
      details && {
        signature: compiler.displayPartsToString(details.displayParts),
        documentation: compiler.displayPartsToString(details.documentation),
        edits: (details.codeActions ?? []).flatMap(({ changes }) => this.#edits(changes)),
      }
    );
  }

  /** Type and documentation of the name at the offset. */
  inspect(offset: number): string | undefined {
    return describeName(this.project, { ...this.#cell, offset });
  }

  signatures(offset: number): ts.SignatureHelpItems | undefined {
    return signaturesAt(this.project, this.program, this.file, offset);
  }

  /** The call around the offset as one line, for readers. */
  signature(offset: number): string | undefined {
    return signatureLine(this.signatures(offset));
  }

  definitions(offset: number): readonly ts.DefinitionInfo[] {
    const { GoToDefinition } = servicesOf(this.project.compiler);
    return GoToDefinition.getDefinitionAtPosition(this.program, this.file, offset) ?? [];
  }

  outline(): ts.NavigationTree {
    const { NavigationBar } = servicesOf(this.project.compiler);
    return NavigationBar.getNavigationTree(this.file, uncancelled);
  }

  /** The repairs of one finding that change nothing but the cell. */
  fixes(start: number, end: number, code: number): Fix[] {
    const { compiler } = this.project;
    const fixes = servicesOf(compiler).codefix.getFixes({
      errorCode: code,
      sourceFile: this.file,
      span: { start, length: end - start },
      program: this.program,
      host: this.#host,
      cancellationToken: uncancelled,
      formatContext: formatContext(compiler),
      preferences,
    });
    return fixes
      .filter(({ changes }) => changes.every(({ fileName }) => fileName === this.file.fileName))
      .map(({ description, changes }) => ({ title: description, edits: this.#edits(changes) }))
      .filter(({ edits }) => edits.length > 0);
  }

  /** The names by which an earlier cell declares what is at a place of a file, when that stands for earlier cells. */
  ofEarlierCell(fileName: string, offset: number): { name: string; member?: string } | undefined {
    const { compiler } = this.project;
    const file = this.program.getSourceFile(fileName);
    if (!file || !isOfEarlierCells(file)) {
      return undefined;
    }
    const node = compiler.getTouchingPropertyName(file, offset);
    const member = compiler.isIdentifier(node) ? node.text : undefined;
    for (let each: ts.Node = node; each.parent; each = each.parent) {
      const name =
        compiler.isDeclarationStatement(each) || compiler.isVariableDeclaration(each) ? each.name : undefined;
      const isTop = each.parent === file || each.parent.parent?.parent === file;
      if (isTop && name && compiler.isIdentifier(name)) {
        return member === name.text ? { name: name.text } : { name: name.text, member };
      }
    }
    return undefined;
  }

  /** The text of a cell that is a module, by the compiler's name for it. */
  moduleText(fileName: string): string | undefined {
    const file = this.program.getSourceFile(fileName);
    return file && file !== this.file && this.project.isInMemory(file) ? file.text : undefined;
  }

  /** Lines and columns, from zero, of a span in another file. */
  rangeIn(
    fileName: string,
    { start, end }: { start: number; end: number },
  ): { start: ts.LineAndCharacter; end: ts.LineAndCharacter } | undefined {
    const file = this.program.getSourceFile(fileName);
    return (
      file && {
        start: file.getLineAndCharacterOfPosition(start),
        end: file.getLineAndCharacterOfPosition(end),
      }
    );
  }

  #edits(changes: readonly ts.FileTextChanges[]): CellEdit[] {
    const { length } = this.#cell.source;
    return changes
      .filter(({ fileName }) => fileName === this.file.fileName)
      .flatMap(({ textChanges }) => textChanges)
      .map(({ span, newText }) => ({
        start: Math.min(span.start, length),
        end: Math.min(span.start + span.length, length),
        text: newText,
      }));
  }
}
