/** Files of the user's that cells load, or may load, as they are loaded here: for processes that load them as well. */
export interface OwnFiles {
  readonly files: readonly OwnFile[];
  /** The paths behind what is required by files of a folder. */
  readonly resolutions: readonly (readonly [folder: string, request: string, path: string])[];
}

export interface OwnFile {
  readonly path: string;
  /** Changes when the file does. */
  readonly version: string;
  /** The text of a CommonJS module; without it, Node loads the file as it is. */
  readonly code?: string;
}
