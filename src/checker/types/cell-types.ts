import path from "node:path";
import { cellName } from "../../document/cell-name.js";
import { ExpectedErrorsError, expectedErrors } from "../../document/expected-errors.js";
import type { Diagnostic } from "../../language/index.js";
import type { CheckedSource } from "./checked-cells.js";
import type { CellTypes, TypeDiagnostic } from "./notebook-types.js";

/**
 * The verdict on one cell of the notebook in `file`; without findings, not even an empty list, it is not run.
 * Throws ExpectedErrorsError.
 */
export function cellTypes(
  file: string,
  checked: CheckedSource,
  findings: readonly Diagnostic[] | undefined,
): CellTypes {
  const { number, source, cell } = checked;
  const base = { number, ...(cell.id !== undefined && { id: cell.id }), source };
  if (!findings) {
    return { ...base, status: "skipped", diagnostics: [], missing: [] };
  }
  const expected = expectedIn(checked);
  const cellPlace = `${file}:${checked.isInjected ? "injected-parameters" : `cell_${number}`}`;
  const diagnostics = findings.map((each) =>
    typeDiagnostic(
      each,
      (imported) => (imported === undefined ? cellPlace : path.join(path.dirname(file), imported)),
      expected,
    ),
  );
  const missing = expected.filter((code) => !diagnostics.some((each) => each.code === code));
  const isWell = missing.length === 0 && diagnostics.every(({ isExpected }) => isExpected);
  return { ...base, status: isWell ? "well-typed" : "ill-typed", diagnostics, missing };
}

function typeDiagnostic(
  { code, messageText, start, end, fileName }: Diagnostic,
  placeOf: (imported?: string) => string,
  expected: readonly number[],
): TypeDiagnostic {
  const from = { line: start.line + 1, column: start.character + 1 };
  return {
    code,
    message: messageText,
    location: `${placeOf(fileName)}:${from.line}:${from.column}`,
    ...(fileName !== undefined && { file: fileName }),
    start: from,
    end: { line: end.line + 1, column: end.character + 1 },
    isExpected: expected.includes(code),
  };
}

function expectedIn({ cell, number }: CheckedSource): number[] {
  try {
    return expectedErrors(cell);
  } catch (cause) {
    if (!(cause instanceof ExpectedErrorsError)) {
      throw cause;
    }
    throw new ExpectedErrorsError(`${cellName(number, cell.id)}: ${cause.message}`, { cause });
  }
}
