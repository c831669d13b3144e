import { NotebookFormatError } from "../document/notebook.js";
import { NotebookSaveError } from "./files/notebook-file.js";

const fileProblems: Record<string, string> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "is a folder, not a notebook",
  ENOSPC: "no space left on the disk",
  EROFS: "the disk is read-only",
  EDQUOT: "the disk quota is used up",
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
    return `${error.message}: ${describeError(error.cause, file)}`;
  }
  const { code = "", path, syscall } = isSystemError(error) ? error : {};
  const problem = fileProblems[code];
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

function named(path: string | undefined, problem: string, file: string | undefined): string {
  return path === undefined || path === file ? problem : `${path}: ${problem}`;
}

function isSystemError(error: Error): error is NodeJS.ErrnoException {
  return "code" in error && typeof error.code === "string";
}

function isProgrammingError(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((type) => error instanceof type);
}
