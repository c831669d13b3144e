import { type Runtime, Session } from "node:inspector";

const key = "poolbook.error";
const expression = `globalThis[Symbol.for(${JSON.stringify(key)})]`;

/** The place that V8 keeps with an error of its own, counted from zero; its stack does not say that of a syntax error. */
export function errorPlace(error: Error): { line: number; character: number } | undefined {
  const globals = globalThis as { [key: symbol]: unknown };
  const session = new Session();
  session.connect();
  try {
    globals[Symbol.for(key)] = error;
    const { result } = post<Runtime.EvaluateReturnType>(session, "Runtime.evaluate", { expression });
    const { exceptionDetails } = post<{ exceptionDetails?: Runtime.ExceptionDetails }>(
      session,
      "Runtime.getExceptionDetails",
      { errorObjectId: result.objectId },
    );
    return (
      exceptionDetails && { line: exceptionDetails.lineNumber, character: exceptionDetails.columnNumber }
    );
  } finally {
    delete globals[Symbol.for(key)];
    session.disconnect();
  }
}

/** A session with its own thread answers before `post` returns. */
function post<Result>(session: Session, method: string, parameters: object): Result {
  let answer: unknown;
  session.post(method, parameters, (error, result) => {
    if (error) {
      throw error;
    }
    answer = result;
  });
  return answer as Result;
}
