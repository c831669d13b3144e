import { NotebookSaveError } from "./files/notebook-file.js";

const fileProblems: Record<string, string> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "is a folder, not a notebook",
  ENOSPC: "no space left on the disk",
  EROFS: "the disk is read-only",
  EDQUOT: "the disk quota is used up",
};

/** One line that says what went wrong; unknown errors, which are defects, keep their stack. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error instanceof NotebookSaveError) {
    return `${error.message}: ${describeError(error.cause)}`;
  }
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const problem = fileProblems[code ?? ""];
  if (problem) {
    return path === undefined ? `${problem} (${syscall})` : `${path}: ${problem}`;
  }
  return error.name.endsWith("Error") && error.name !== "Error" && !isProgrammingError(error)
    ? error.message
    : (error.stack ?? error.message);
}

function isProgrammingError(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((type) => error instanceof type);
}
