import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  MessageType,
  type NotebookDocument,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { recordOf } from "../document/record.js";
import type { AskedCell } from "./answers/asked-cell.js";
import { codeActions } from "./answers/code-actions.js";
import { completion, resolveCompletion } from "./answers/completion.js";
import { definition } from "./answers/definition.js";
import { hover, signatureHelp } from "./answers/hover.js";
import { prepareRename, references, rename } from "./answers/references.js";
import { documentSymbols } from "./answers/symbols.js";
import { Checkers } from "./checkers.js";
import { DiagnosticsPublisher } from "./diagnostics-publisher.js";
import { NotebookDocuments } from "./notebook-documents.js";
import { OpenNotebook } from "./open-notebook.js";

const languages = [
  { language: "typescript" },
  { language: "javascript" },
  { language: "typescriptreact" },
  { language: "javascriptreact" },
];

const initializeResult: InitializeResult = {
  serverInfo: { name: "poolbook" },
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    notebookDocumentSync: { notebookSelector: [{ notebook: "*", cells: languages }], save: true },
    completionProvider: { triggerCharacters: [".", '"', "'", "`", "/", "@", "#"], resolveProvider: true },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ["(", ",", "<"], retriggerCharacters: [")"] },
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    codeActionProvider: { codeActionKinds: ["quickfix"] },
  },
};

/** Answers an editor about the notebooks that it has open. */
export class LanguageServer {
  readonly #connection: Connection;
  readonly #notebooks = new NotebookDocuments();
  readonly #checkers: Checkers;
  readonly #publisher: DiagnosticsPublisher;
  #watchesFiles = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#checkers = new Checkers((message) => {
      const shown = { type: MessageType.Warning, message };
      void connection.sendNotification(ShowMessageNotification.method, shown);
    });
    this.#publisher = new DiagnosticsPublisher((uri, diagnostics) => {
      void connection.sendDiagnostics({ uri, diagnostics });
    });
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize(({ capabilities }) => {
      this.#watchesFiles = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
      return initializeResult;
    });
    connection.onInitialized(() => this.#watchFiles());
    connection.onDidChangeWatchedFiles(() => this.#recheckAll());
    this.#notebooks.listen(connection, {
      changed: (notebook) => this.#recheck(notebook),
      closed: (uri) => {
        this.#checkers.forget(uri);
        void this.#publisher.update(uri, undefined);
      },
    });
    this.#answer();
    connection.listen();
  }

  #answer(): void {
    const connection = this.#connection;
    connection.onCompletion(({ textDocument, position, context }) =>
      this.#about(textDocument.uri, (cell) => completion(cell, position, context?.triggerCharacter)),
    );
    connection.onCompletionResolve((item) => {
      const { uri } = recordOf(item.data);
      return (typeof uri === "string" && this.#about(uri, (cell) => resolveCompletion(item, cell))) || item;
    });
    connection.onHover(({ textDocument, position }) =>
      this.#about(textDocument.uri, (cell) => hover(cell, position)),
    );
    connection.onSignatureHelp(({ textDocument, position }) =>
      this.#about(textDocument.uri, (cell) => signatureHelp(cell, position)),
    );
    connection.onDefinition(({ textDocument, position }) =>
      this.#about(textDocument.uri, (cell) => definition(cell, position)),
    );
    connection.onReferences(({ textDocument, position }) =>
      this.#about(textDocument.uri, (cell) => references(cell, position)),
    );
    connection.onPrepareRename(({ textDocument, position }) =>
      this.#about(textDocument.uri, (cell) => prepareRename(cell, position)),
    );
    connection.onRenameRequest(({ textDocument, position, newName }) =>
      this.#about(textDocument.uri, (cell) => rename(cell, position, newName)),
    );
    connection.onDocumentSymbol(({ textDocument }) => this.#about(textDocument.uri, documentSymbols));
    connection.onCodeAction(({ textDocument, context }) =>
      this.#about(textDocument.uri, (cell) => codeActions(cell, context.diagnostics)),
    );
  }

  /** The answer about a cell; null where it is none of a notebook of ours. */
  #about<Answer>(uri: string, answer: (cell: AskedCell) => Answer): Answer | null {
    const document = this.#notebooks.ofCell(uri);
    const notebook = document && this.#notebook(document);
    const index = notebook?.indexOf(uri) ?? -1;
    const cell = notebook?.cells[index];
    return notebook && cell ? answer({ notebook, index, document: cell.document }) : null;
  }

  #notebook(document: NotebookDocument): OpenNotebook | undefined {
    return OpenNotebook.of(
      document,
      (cell) => this.#notebooks.textOf(cell),
      (options) => this.#checkers.of(document.uri, options),
    );
  }

  #recheck(document: NotebookDocument): void {
    this.#publisher.update(document.uri, this.#notebook(document)).catch((error: Error) => {
      this.#connection.console.error(error.stack ?? error.message);
    });
  }

  /** The compiler's options or an imported file may be others now. */
  #recheckAll(): void {
    this.#checkers.forgetAll();
    for (const notebook of this.#notebooks.all()) {
      this.#recheck(notebook);
    }
  }

  #watchFiles(): void {
    if (this.#watchesFiles) {
      const watchers = [{ globPattern: "**/*.{ts,tsx,mts,cts,js,mjs,cjs,json}" }];
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  }
}
