import path from "node:path";
import { fileURLToPath } from "node:url";
import type { NotebookCell, NotebookDocument } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { cellsLanguage } from "../document/cells-language.js";
import { cellRule, compilerOptions } from "../document/execution-rules.js";
import { recordOf } from "../document/record.js";
import {
  type CellServices,
  type CellVerdict,
  type NotebookChecker,
  NotebookReferences,
  type TypeChecker,
} from "../language/index.js";

/** A cell that is checked: TypeScript or JavaScript, and not marked as one that does not run. */
export interface OpenCell {
  uri: string;
  document: TextDocument;
  tags: string[];
}

const codeKind = 2;

/** A notebook that an editor has open, as it is now. */
export class OpenNotebook {
  readonly uri: string;
  readonly cells: readonly OpenCell[];
  readonly directory: string;
  readonly #checker: NotebookChecker;

  private constructor(uri: string, cells: readonly OpenCell[], directory: string, checker: NotebookChecker) {
    this.uri = uri;
    this.cells = cells;
    this.directory = directory;
    this.#checker = checker;
  }

  /** Undefined when the notebook's kernel is not one of poolbook's. `checkerFor` gives the same checker for the same notebook. */
  static of(
    notebook: NotebookDocument,
    documentOf: (cell: NotebookCell) => TextDocument | undefined,
    checkerFor: (options: Parameters<TypeChecker["notebook"]>[0]) => NotebookChecker,
  ): OpenNotebook | undefined {
    const cells = notebook.cells.flatMap((cell) => openCell(cell, documentOf(cell)));
    const metadata = recordOf(notebook.metadata);
    const inner = recordOf(metadata.metadata);
    const known = { ...metadata, ...inner };
    const spoken = cells[0]?.document.languageId;
    const kernel = cellsLanguage({
      nbformat: 4,
      nbformat_minor: 5,
      cells: [],
      metadata: hasKernel(known) ? known : { language_info: { name: spoken } },
    });
    if ("other" in kernel) {
      return undefined;
    }
    const directory = directoryOf(notebook.uri);
    const settings = compilerOptions({ metadata: known });
    const checker = checkerFor({ directory, javascript: kernel.language === "javascript", settings });
    return new OpenNotebook(notebook.uri, cells, directory, checker);
  }

  get sources(): string[] {
    return this.cells.map(({ document }) => document.getText());
  }

  /** The verdicts on the cells in their order, each when it is asked for. */
  verdicts(): Generator<CellVerdict, void> {
    return this.#checker.check(this.sources);
  }

  /** The number of findings on each cell, with these texts. */
  findingCounts(sources: readonly string[]): number[] {
    return [...this.#checker.check(sources)].map(({ diagnostics }) => diagnostics.length);
  }

  indexOf(uri: string): number {
    return this.cells.findIndex((cell) => cell.uri === uri);
  }

  services(index: number): CellServices {
    return this.#checker.services(this.sources, index);
  }

  /** The cell that is the module in a file of the compiler's. */
  moduleCell(services: CellServices, fileName: string): OpenCell | undefined {
    const text = services.moduleText(fileName);
    return this.cells.find(({ document }) => document.getText() === text);
  }

  references(): NotebookReferences {
    const known = new Map<number, CellServices>();
    return new NotebookReferences(this.cells.length, (index) => {
      const services = known.get(index) ?? this.services(index);
      known.set(index, services);
      return services;
    });
  }
}

function openCell(cell: NotebookCell, document: TextDocument | undefined): OpenCell[] {
  if (cell.kind !== codeKind || !document || !/^(?:java|type)script(?:react)?$/.test(document.languageId)) {
    return [];
  }
  const metadata = recordOf(cell.metadata);
  const listed = metadata.tags ?? recordOf(metadata.metadata).tags;
  const tags = Array.isArray(listed) ? listed.filter((tag) => typeof tag === "string") : [];
  const rule = cellRule({ cell_type: "code", source: document.getText(), metadata: { tags } });
  return rule.isSkipped ? [] : [{ uri: cell.document, document, tags }];
}

function hasKernel({ kernelspec, language_info }: Record<string, unknown>): boolean {
  return recordOf(kernelspec).name !== undefined || recordOf(language_info).name !== undefined;
}

/** The folder of the notebook's file; of one that has none yet, that of the server. */
function directoryOf(uri: string): string {
  return uri.startsWith("file:") ? path.dirname(fileURLToPath(uri.replace(/[?#].*$/, ""))) : process.cwd();
}
