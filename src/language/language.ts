/** What a session has declared so far, handed from cell to cell; only the language half looks inside. */
export type Declarations = string;

export interface Position {
  /** UTF-16 offset in the cell's text. */
  offset: number;
  /** Counted from zero. */
  line: number;
  /** Counted from zero, in UTF-16 units. */
  character: number;
}

export interface Diagnostic {
  start: Position;
  end: Position;
  messageText: string;
  /** TypeScript's DiagnosticCategory: 0 warning, 1 error, 2 suggestion, 3 message. */
  category: number;
  code: number;
  /** Set when the diagnostic is about another file than the cell. */
  fileName?: string;
}

export interface CellMetadata {
  module?: string;
  mode?: "node" | "browser";
  jsx?: boolean;
}

export interface ConvertedCell {
  /** Body of a function that gets `exports` and `require`; empty when there is nothing to run. */
  output: string;
  declarations: Declarations;
  /** When not empty, the cell must not run and the other fields are empty. */
  diagnostics: Diagnostic[];
  hasTopLevelAwait: boolean;
  /** Property of `exports` that holds the value of the last expression. */
  lastExpressionName?: string;
  /** CommonJS text of local files that the cell imports and that are new or have changed. */
  sideOutputs: { path: string; data: string }[];
  /** The values the cell declares at its top level (properties of `exports`). */
  names: string[];
}

export interface Completion {
  /** UTF-16 offsets of what the matches replace. */
  start: number;
  end: number;
  matches: { text: string; type?: string }[];
}

export interface StackPosition {
  fileName: string;
  /** Counted from one. */
  line: number;
  /** Counted from one. */
  column: number;
}

export interface LanguageOptions {
  /** The cells are JavaScript. */
  javascript?: boolean;
  /** Absolute path of a declaration file with the globals that the kernel gives to every cell. */
  globals?: string;
}

export interface Language {
  /** Version of the TypeScript that compiles the cells; known without loading it. */
  readonly version: string;
  /** Loads the compiler. This and the next two only do earlier what the first call that needs it does. */
  load(): void;
  /** Reads the declarations that every cell needs. */
  warm(): void;
  /** Reads the declarations that a cell may need. */
  loadAllTypes(): void;
  metadata(source: string): CellMetadata;
  /** `fileName` names the cell in stack frames and in `mapStackFrame`. */
  convert(previous: Declarations, source: string, options: { fileName: string }): ConvertedCell;
  /** The declarations after a cell that failed when only `initialised` of its names had got a value. */
  declarationsAfterFailure(
    previous: Declarations,
    cell: ConvertedCell,
    initialised: ReadonlySet<string>,
  ): Declarations;
  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[];
  complete(previous: Declarations, source: string, offset: number): Completion;
  /** Text about the name at `offset`, or undefined when there is nothing to tell. */
  inspect(previous: Declarations, source: string, offset: number): string | undefined;
  /** Whether a console may run the text or should ask for another line, with its indentation. */
  completeness(source: string): {
    status: "complete" | "incomplete" | "invalid" | "unknown";
    indent?: string;
  };
  /** The object that holds the session's top-level names. */
  createExports(): Record<string, unknown>;
  /** Where a position in `ConvertedCell.output` (or in a side output) stands in what the user wrote. */
  mapStackFrame(position: StackPosition): StackPosition | undefined;
  close(): void;
}

/** What tslab's `display` sends: the content of a `display_data` message, or of `update_display_data`. */
export type DisplayWriter = (
  content: {
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    transient: { display_id?: string };
  },
  update: boolean,
) => void;
