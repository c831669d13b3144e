import inspector, { Session } from "node:inspector";
import type { AnyFunction } from "../../function-types.js";

/*
 * V8's inspector, connected to this very thread: the only way to see from outside what a function has captured, and
 * where it was written. It shows copies, made at the moment of asking.
 */

export interface RemoteValue {
  readonly objectId?: string;
  readonly description?: string;
  readonly value?: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number };
}

export interface Property {
  readonly name?: string;
  readonly value?: RemoteValue;
}

export interface Properties {
  readonly result: readonly Property[];
  readonly internalProperties?: readonly Property[];
  readonly privateProperties?: readonly Property[];
}

interface Desk {
  readonly fn: AnyFunction;
  found?: readonly unknown[];
}

const deskKey = "poolbook.closure";
// The inspector looks from the main context. The globals of a test runner are others; Node's modules are the same.
const deskExpression = `process.getBuiltinModule("node:inspector")[Symbol.for("${deskKey}")]`;
const objectGroup = "poolbook";
let currentDesk: Desk | undefined;

/** Hands a function to the inspector, by way of a property that exists meanwhile, and asks what it shows. */
export function inspected<T>(fn: AnyFunction, ask: (shown: Properties) => T): T {
  const key = Symbol.for(deskKey);
  currentDesk = { fn };
  Reflect.set(inspector, key, currentDesk);
  try {
    const { result } = evaluate(`${deskExpression}.fn`);
    return ask(propertiesOf(result.objectId));
  } finally {
    Reflect.deleteProperty(inspector, key);
    currentDesk = undefined;
    post("Runtime.releaseObjectGroup", { objectGroup });
  }
}

export function propertiesOf(objectId: string | undefined): Properties {
  return post("Runtime.getProperties", { objectId, ownProperties: true });
}

/** The values that the inspector has named; only while it is asked. */
export function taken(values: readonly (RemoteValue | undefined)[]): readonly unknown[] {
  const { result } = evaluate(deskExpression);
  post("Runtime.callFunctionOn", {
    objectId: result.objectId,
    functionDeclaration: "function (...found) { this.found = found; }",
    arguments: values.map((value) =>
      value?.objectId ? { objectId: value.objectId } : { value: value?.value },
    ),
  });
  return currentDesk?.found ?? [];
}

function evaluate(expression: string): { result: RemoteValue } {
  return post("Runtime.evaluate", { expression, objectGroup });
}

let ownSession: Session | undefined;

export function connected(): Session {
  if (!ownSession) {
    ownSession = new Session();
    ownSession.connect();
  }
  return ownSession;
}

/** The session answers before `post` returns, because it is connected to its own thread. */
export function post(method: "Runtime.evaluate", params: object): { result: RemoteValue };
export function post(method: "Debugger.getScriptSource", params: object): { scriptSource: string };
export function post(method: string, params: object): Properties;
export function post(method: string, params: object): unknown {
  let answer: unknown;
  connected().post(method, params, (error: Error | null, result?: object) => {
    if (error) {
      throw new Error(`Cannot look into a function: ${error.message}`);
    }
    answer = result;
  });
  return answer;
}
