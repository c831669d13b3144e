import { Session } from "node:inspector";
import type { AnyFunction } from "../../function-types.js";

/*
 * V8's inspector shows the variables that a function has captured, in this very process: the only way to read
 * them from outside. What it shows is a copy of each scope, made at the moment of asking.
 */

export type Scope = Readonly<Record<string, unknown>>;

/** The scopes around a function, innermost first, without the global one. */
export function scopesAround(fn: AnyFunction): Scope[] {
  return inspected(fn, (properties, desk) => {
    const scopeList = properties.find(({ name }) => name === "[[Scopes]]")?.value?.objectId;
    if (!scopeList) {
      return [];
    }
    const scopes = post("Runtime.getProperties", { objectId: scopeList, ownProperties: true }).result;
    const captured = scopes.filter(({ value }) => value?.objectId && value.description !== "Global");
    post("Runtime.callFunctionOn", {
      objectId: scopeList,
      functionDeclaration: `function (...scopes) { ${deskExpression}.scopes = scopes; }`,
      arguments: captured.map(({ value }) => ({ objectId: value?.objectId })),
    });
    return desk.scopes?.map(({ object }) => object) ?? [];
  });
}

const scriptUrls = new Map<string, string>();

/** The URL of the script that holds a function. */
export function scriptOf(fn: AnyFunction): string | undefined {
  return inspected(fn, (properties) => {
    const location = properties.find(({ name }) => name === "[[FunctionLocation]]")?.value?.value;
    if (!location) {
      return undefined;
    }
    if (!scriptUrls.has(location.scriptId)) {
      learnScriptUrls();
    }
    return scriptUrls.get(location.scriptId);
  });
}

function learnScriptUrls(): void {
  const learn = ({ params }: { params: { scriptId: string; url: string } }) => {
    scriptUrls.set(params.scriptId, params.url);
  };
  const session = connected();
  session.on("Debugger.scriptParsed", learn);
  post("Debugger.enable", {});
  post("Debugger.disable", {});
  session.off("Debugger.scriptParsed", learn);
}

interface Desk {
  readonly fn: AnyFunction;
  scopes?: { object: Scope }[];
}

const deskKey = "poolbook.closure";
const deskExpression = `globalThis[Symbol.for("${deskKey}")]`;
const objectGroup = "poolbook";

/** Hands a function to the inspector, through a global variable that exists meanwhile, and asks for its secrets. */
function inspected<T>(fn: AnyFunction, ask: (properties: readonly Property[], desk: Desk) => T): T {
  const desk: Desk = { fn };
  const key = Symbol.for(deskKey);
  Reflect.set(globalThis, key, desk);
  try {
    const { result } = post("Runtime.evaluate", { expression: `${deskExpression}.fn`, objectGroup });
    const properties = post("Runtime.getProperties", { objectId: result.objectId, ownProperties: true });
    return ask(properties.internalProperties ?? [], desk);
  } finally {
    Reflect.deleteProperty(globalThis, key);
    post("Runtime.releaseObjectGroup", { objectGroup });
  }
}

interface RemoteValue {
  readonly objectId?: string;
  readonly description?: string;
  readonly value?: { readonly scriptId: string };
}

interface Property {
  readonly name?: string;
  readonly value?: RemoteValue;
}

interface Properties {
  readonly result: readonly Property[];
  readonly internalProperties?: readonly Property[];
}

let ownSession: Session | undefined;

function connected(): Session {
  if (!ownSession) {
    ownSession = new Session();
    ownSession.connect();
  }
  return ownSession;
}

/** The session answers before `post` returns, because it is connected to its own thread. */
function post(method: "Runtime.evaluate", params: object): { result: RemoteValue };
function post(method: string, params: object): Properties;
function post(method: string, params: object): unknown {
  let answer: unknown;
  connected().post(method, params, (error: Error | null, result?: object) => {
    if (error) {
      throw new Error(`Cannot look into a function: ${error.message}`);
    }
    answer = result;
  });
  return answer;
}
