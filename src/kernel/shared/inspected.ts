import { Session } from "node:inspector";

const key = Symbol.for("poolbook.inspected");

/** V8's inspector, which looks at a value. */
export interface Inspection {
  /** Leads to the value, in what the inspector evaluates. */
  readonly expression: string;
  /** The value, unless something evaluated has put another in its place. */
  shown(): unknown;
  post<Result>(method: string, parameters: object): Result;
}

/** Has V8's inspector look at `value` in this thread, as long as `look` takes. */
export function inspected<T>(value: unknown, look: (inspection: Inspection) => T): T {
  const globals = globalThis as { [key: symbol]: unknown };
  const session = new Session();
  session.connect();
  try {
    globals[key] = value;
    return look({
      expression: `globalThis[Symbol.for(${JSON.stringify(key.description)})]`,
      shown: () => globals[key],
      post: (method, parameters) => postTo(session, method, parameters),
    });
  } finally {
    delete globals[key];
    session.disconnect();
  }
}

/** A session with its own thread answers before `post` returns. */
function postTo<Result>(session: Session, method: string, parameters: object): Result {
  let answer: unknown;
  session.post(method, parameters, (error, result) => {
    if (error) {
      throw error;
    }
    answer = result;
  });
  return answer as Result;
}
