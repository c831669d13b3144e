import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { isSystemError } from "./system-error.js";

/**
 * Makes the folder, and those above it that are missing. Throws the file system's error; Node's own says of a disk that is
 * read-only that there is no such file.
 */
export function makeFolders(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (isSystemError(error, "ENOENT")) {
      accessSync(existingFolder(folder), constants.W_OK);
    }
    throw error;
  }
}

function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(path.dirname(folder));
}
