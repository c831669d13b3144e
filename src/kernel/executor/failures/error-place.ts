import type { Runtime } from "node:inspector";
import { inspected } from "../../shared/inspected.js";

/** The place that V8 keeps with an error of its own, counted from zero; its stack does not say that of a syntax error. */
export function errorPlace(error: Error): { line: number; character: number } | undefined {
  return inspected(error, ({ post, expression }) => {
    const { result } = post<Runtime.EvaluateReturnType>("Runtime.evaluate", { expression });
    const { exceptionDetails } = post<{ exceptionDetails?: Runtime.ExceptionDetails }>(
      "Runtime.getExceptionDetails",
      { errorObjectId: result.objectId },
    );
    return (
      exceptionDetails && { line: exceptionDetails.lineNumber, character: exceptionDetails.columnNumber }
    );
  });
}
