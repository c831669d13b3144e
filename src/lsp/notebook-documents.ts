import type { Connection, NotebookCell, NotebookDocument, TextDocumentItem } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";

type Change = Parameters<
  Parameters<Connection["notebooks"]["synchronization"]["onDidChangeNotebookDocument"]>[0]
>[0]["change"];
type Cells = NonNullable<Change["cells"]>;

/** Called when a notebook is opened or changed in any way, and when it is closed. */
export interface NotebookEvents {
  changed(notebook: NotebookDocument): void;
  closed(uri: string): void;
}

/**
 * The notebooks that the client has open, as it tells of them. The library's own `NotebookDocuments` keeps quiet about
 * cells that only move.
 */
export class NotebookDocuments {
  readonly #notebooks = new Map<string, NotebookDocument>();
  readonly #texts = new Map<string, TextDocument>();

  listen({ notebooks: { synchronization } }: Connection, events: NotebookEvents): void {
    synchronization.onDidOpenNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
      this.#notebooks.set(notebookDocument.uri, notebookDocument);
      this.#openTexts(cellTextDocuments);
      events.changed(notebookDocument);
    });
    synchronization.onDidChangeNotebookDocument(({ notebookDocument: { uri, version }, change }) => {
      const notebook = this.#notebooks.get(uri);
      if (notebook) {
        notebook.version = version;
        notebook.metadata = change.metadata ?? notebook.metadata;
        this.#changeCells(notebook, change.cells ?? {});
        events.changed(notebook);
      }
    });
    synchronization.onDidSaveNotebookDocument(({ notebookDocument: { uri } }) => {
      const notebook = this.#notebooks.get(uri);
      if (notebook) {
        events.changed(notebook);
      }
    });
    synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri }, cellTextDocuments }) => {
      this.#notebooks.delete(uri);
      this.#closeTexts(cellTextDocuments);
      events.closed(uri);
    });
  }

  all(): NotebookDocument[] {
    return [...this.#notebooks.values()];
  }

  /** The notebook that has a cell of this URI. */
  ofCell(uri: string): NotebookDocument | undefined {
    return this.all().find(({ cells }) => cells.some(({ document }) => document === uri));
  }

  textOf({ document }: NotebookCell): TextDocument | undefined {
    return this.#texts.get(document);
  }

  #changeCells(notebook: NotebookDocument, { structure, data = [], textContent = [] }: Cells): void {
    if (structure) {
      const { array, didOpen = [], didClose = [] } = structure;
      notebook.cells.splice(array.start, array.deleteCount, ...(array.cells ?? []));
      this.#closeTexts(didClose);
      this.#openTexts(didOpen);
    }
    for (const changed of data) {
      const index = notebook.cells.findIndex(({ document }) => document === changed.document);
      notebook.cells.splice(index, index < 0 ? 0 : 1, ...(index < 0 ? [] : [changed]));
    }
    for (const { document, changes } of textContent) {
      const text = this.#texts.get(document.uri);
      if (text) {
        this.#texts.set(document.uri, TextDocument.update(text, changes, document.version));
      }
    }
  }

  #openTexts(items: readonly TextDocumentItem[]): void {
    for (const { uri, languageId, version, text } of items) {
      this.#texts.set(uri, TextDocument.create(uri, languageId, version, text));
    }
  }

  #closeTexts(items: readonly { uri: string }[]): void {
    for (const { uri } of items) {
      this.#texts.delete(uri);
    }
  }
}
