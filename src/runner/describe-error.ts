import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { NotebookFormatError } from "../document/notebook.js";
import { NotebookSaveError } from "./files/notebook-file.js";
import { isSystemError } from "./files/system-error.js";

const fileProblems: Record<string, string> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "is a folder, not a file",
  EEXIST: "is a file, not a folder",
  ENOTDIR: "a part of the path is a file, not a folder",
  ELOOP: "its links lead around in a ring",
  ENXIO: "is a socket or a device that takes nothing",
  ENAMETOOLONG: "the name is too long",
  EIO: "the device failed",
  EMFILE: "too many files are open",
  ENOSPC: "no space left on the disk",
  EROFS: "the disk is read-only",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be too large",
};

/**
 * One line that says what went wrong; unknown errors, which are defects, keep their stack. The file that the error is about is
 * named, unless it is `file`.
 */
export function describeError(error: unknown, file?: string): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error instanceof NotebookSaveError) {
    const why = error.cause === undefined ? "" : `: ${describeError(error.cause, error.file ?? file)}`;
    return error.message + why;
  }
  const { code = "", path, syscall } = isSystemError(error) ? madeClear(error) : {};
  const problem = fileProblems[code] ?? systemProblem(error);
  if (problem) {
    return path === undefined ? `${problem} (${syscall})` : named(path, problem, file);
  }
  if (error instanceof NotebookFormatError) {
    return named(error.file, error.message, file);
  }
  return error.name.endsWith("Error") && error.name !== "Error" && !isProgrammingError(error)
    ? error.message
    : (error.stack ?? error.message);
}

/** Node says of a folder that cannot be made together with the one above it, as on a read-only disk, that there is no such file. */
function madeClear(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  if (error.code !== "ENOENT" || error.syscall !== "mkdir" || error.path === undefined) {
    return error;
  }
  try {
    accessSync(existingFolder(error.path), constants.W_OK);
    return error;
  } catch (reason) {
    return isSystemError(reason) ? reason : error;
  }
}

function existingFolder(path: string): string {
  return existsSync(path) ? path : existingFolder(dirname(path));
}

/** The system's own words, as in `EBUSY: resource busy or locked, open 'x'`. */
function systemProblem(error: Error): string | undefined {
  return isSystemError(error) && error.errno !== undefined
    ? /^[A-Z\d]+: ([^,]+)/.exec(error.message)?.[1]
    : undefined;
}

function named(path: string | undefined, problem: string, file: string | undefined): string {
  return path === undefined || path === file ? problem : `${path}: ${problem}`;
}

function isProgrammingError(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((type) => error instanceof type);
}
