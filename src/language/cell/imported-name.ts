/** A name that a cell has imported. */
export interface ImportedName {
  /** As the notebook knows it. */
  name: string;
  /** As the module exports it; `default`, or `*` for all of it. */
  imported: string;
  from: string;
}

/** One whose module is to be loaded again. */
export interface ReboundName extends ImportedName {
  /** Absolute path of the module. */
  path: string;
}
