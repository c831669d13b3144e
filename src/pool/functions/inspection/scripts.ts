import type { AnyFunction } from "../../function-types.js";
import { connected, inspected, post } from "./inspector.js";

/** The text that V8 runs: what a loader has made of a file, or a compiled cell. */
export interface Script {
  readonly id: string;
  readonly url: string;
  /** Read when it is first needed. */
  readonly text: string;
}

/** The place where a function was written. Line and column count from zero. */
export interface Place {
  readonly script: Script;
  readonly line: number;
  readonly column: number;
}

const scripts = new Map<string, Script>();
const places = new WeakMap<AnyFunction, Place | undefined>();

export function placeOf(fn: AnyFunction): Place | undefined {
  if (!places.has(fn)) {
    places.set(fn, findPlace(fn));
  }
  return places.get(fn);
}

function findPlace(fn: AnyFunction): Place | undefined {
  return inspected(fn, ({ internalProperties }) => {
    const location = internalProperties?.find(({ name }) => name === "[[FunctionLocation]]")?.value?.value;
    if (!location) {
      return undefined;
    }
    if (!scripts.has(location.scriptId)) {
      learnScripts();
    }
    const script = scripts.get(location.scriptId);
    return script && { script, line: location.lineNumber, column: location.columnNumber };
  });
}

function learnScripts(): void {
  whileDebugging(({ scriptId: id, url }) => {
    if (!scripts.has(id)) {
      scripts.set(id, new V8Script(id, url));
    }
  });
}

/** Every script is reported when the debugger is turned on. */
function whileDebugging<T>(
  learn: (script: { scriptId: string; url: string }) => void,
  ask?: () => T,
): T | undefined {
  const listen = ({ params }: { params: { scriptId: string; url: string } }) => learn(params);
  const session = connected();
  session.on("Debugger.scriptParsed", listen);
  post("Debugger.enable", {});
  try {
    return ask?.();
  } finally {
    post("Debugger.disable", {});
    session.off("Debugger.scriptParsed", listen);
  }
}

class V8Script implements Script {
  readonly id: string;
  readonly url: string;
  #text: string | undefined;

  constructor(id: string, url: string) {
    this.id = id;
    this.url = url;
  }

  get text(): string {
    this.#text ??= whileDebugging(
      () => {},
      () => post("Debugger.getScriptSource", { scriptId: this.id }).scriptSource,
    );
    return this.#text ?? "";
  }
}
