import type { FunctionDefinition } from "../../functions/definition.js";

/** The pool's project, from whose paths an agent makes its own. */
export interface Project {
  /** Folder with the nearest package.json above the script or notebook. */
  readonly root: string;
  /** Folder of the package poolbook. */
  readonly poolbook: string;
  /** Hash of the lock file of its packages. */
  readonly lock: string | undefined;
}

/** Source files of the user's own, by their paths below the root, with slashes. */
export interface SourceTree {
  readonly hash: string;
  readonly files: readonly (readonly [path: string, bytes: Uint8Array])[];
}

/** A definition on its way to another machine. */
export interface TravellingDefinition extends FunctionDefinition {
  /** It names files, by their paths on the pool's machine. */
  readonly hasPaths: boolean;
  /** Hash of the source tree that it needs. */
  readonly tree: string | undefined;
}
