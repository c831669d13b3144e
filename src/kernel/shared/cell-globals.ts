/** Data by MIME type, as Jupyter's `display_data` carries it. Bytes are sent as base64. */
export type MimeBundle = Record<string, unknown>;

export interface DisplayOptions {
  /** Metadata of the bundle, by MIME type or for the whole. */
  metadata?: Record<string, unknown>;
  /** Names the display, so that it can be changed later. */
  displayId?: string;
  /** Changes the displays of that name instead of adding one. */
  update?: boolean;
  /** `value` is a bundle to send as it is. */
  raw?: boolean;
}

export interface PromptOptions {
  /** The front end does not show what the reader types. */
  password?: boolean;
}

declare global {
  /** Asks the reader for a line of text; null when the front end cannot be asked. */
  function prompt(message?: string, defaultValue?: string, options?: PromptOptions): string | null;
  function prompt(message: string, options: PromptOptions): string | null;
  /** Asks the reader for yes or no; null when the front end cannot be asked. */
  function confirm(message?: string): boolean | null;
  /** Removes the output of the running cell; with `wait`, when the next output comes. */
  function clearOutput(options?: { wait?: boolean }): void;
  /** Shows a value as the last expression of a cell is shown, or a bundle with `raw`. */
  function display(value: unknown, options?: DisplayOptions): void;
}
