/** Modules of the user's that the main process has compiled: workers load them by these texts. */
export interface OwnModules {
  readonly files: readonly OwnModule[];
  /** The paths behind what is required by files of a folder. */
  readonly resolutions: readonly (readonly [folder: string, request: string, path: string])[];
}

export interface OwnModule {
  readonly path: string;
  /** Changes when the file does. */
  readonly version: string;
  /** The text of a CommonJS module; without it, Node loads the file as it is. */
  readonly code?: string;
}
