import inspector, { Session } from "node:inspector";

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

/** A call that runs now, and the script that it stands in. */
export interface RunningFrame {
  readonly scriptId: string;
  readonly url: string;
}

interface Evaluated {
  readonly result: RemoteValue;
  readonly exceptionDetails?: { readonly stackTrace?: { readonly callFrames: readonly RunningFrame[] } };
}

/** The inspector looks from the main context. The globals of a test runner are others; Node's modules are the same. */
const deskKey = "poolbook.closure";
const deskExpression = `process.getBuiltinModule("node:inspector")[Symbol.for("${deskKey}")]`;
const objectGroup = "poolbook";
const desk: { fn?: object; found: readonly unknown[] } = { found: [] };
let ownDeskId: string | undefined;

/** The desk is a property of a module for the moment in which the inspector gets to know it. */
function deskId(): string | undefined {
  if (ownDeskId === undefined) {
    const key = Symbol.for(deskKey);
    Reflect.set(inspector, key, desk);
    ownDeskId = post("Runtime.evaluate", { expression: deskExpression, objectGroup }).result.objectId;
    Reflect.deleteProperty(inspector, key);
    queueMicrotask(release);
  }
  return ownDeskId;
}

let lastShown: { readonly fn: object; readonly shown: Properties } | undefined;

/** Hands a function, or a proxy, to the inspector, by way of the desk, and asks what it shows. */
export function inspected<T>(fn: object, ask: (shown: Properties) => T): T {
  try {
    return ask(shownOf(fn));
  } finally {
    desk.found = [];
  }
}

/** Variables may have changed since the inspector was asked. */
export function inspectAgain(): void {
  lastShown = undefined;
}

function shownOf(fn: object): Properties {
  if (lastShown?.fn !== fn) {
    desk.fn = fn;
    try {
      const functionDeclaration = "function () { return this.fn; }";
      const { result } = post("Runtime.callFunctionOn", { objectId: deskId(), functionDeclaration });
      const shown = propertiesOf(result.objectId);
      lastShown = { fn, shown };
    } finally {
      desk.fn = undefined;
    }
  }
  return lastShown.shown;
}

/** All that the inspector has shown belongs to the group of the desk; it is let go of at the next moment. */
function release(): void {
  ownDeskId = undefined;
  lastShown = undefined;
  post("Runtime.releaseObjectGroup", { objectGroup });
}

export function propertiesOf(objectId: string | undefined): Properties {
  return post("Runtime.getProperties", { objectId, ownProperties: true });
}

/** The values that the inspector has named; only while it is asked. */
export function taken(values: readonly (RemoteValue | undefined)[]): readonly unknown[] {
  const functionDeclaration = "function (...found) { this.found = found; }";
  const named = values.map((value) =>
    value?.objectId ? { objectId: value.objectId } : { value: value?.value },
  );
  post("Runtime.callFunctionOn", { objectId: deskId(), functionDeclaration, arguments: named });
  return desk.found;
}

/** The items of a list that the inspector has named; only while it is asked. */
export function itemsOf({ objectId }: RemoteValue): readonly unknown[] {
  const functionDeclaration = "function (list) { this.found = Array.from(list); }";
  post("Runtime.callFunctionOn", { objectId: deskId(), functionDeclaration, arguments: [{ objectId }] });
  return desk.found;
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
export function post(method: "Runtime.evaluate" | "Runtime.callFunctionOn", params: object): Evaluated;
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
