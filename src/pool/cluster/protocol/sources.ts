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

/** A source file of the user's own: its path below the root, with slashes, and the SHA-256 of its content in hex. */
export type SourceFile = readonly [path: string, hash: string];

export type SourceContent = readonly [hash: string, bytes: Uint8Array];

/** A definition on its way to another machine. */
export interface TravellingDefinition extends FunctionDefinition {
  /** It names files, by their paths on the pool's machine. */
  readonly hasPaths: boolean;
}
