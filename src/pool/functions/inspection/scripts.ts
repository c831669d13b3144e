import type { AnyFunction } from "../../function-types.js";
import { connected, inspected, post } from "./inspector.js";
import { runningScripts } from "./running-scripts.js";
import { hashOf, textWithHash } from "./script-text.js";

/** The text that V8 runs: what a loader has made of a file, or a compiled cell. */
export interface Script {
  readonly id: string;
  readonly url: string;
  /** Of its content. */
  readonly hash: string;
  /** Read when it is first needed. */
  readonly text: string;
}

/** The place where a function was written. Line and column count from zero. */
export interface Place {
  readonly script: Script;
  readonly line: number;
  readonly column: number;
}

/** The same, before anybody has asked what script that is, which costs more. */
export interface Location {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

const scripts = new Map<string, V8Script>();
const locations = new WeakMap<AnyFunction, Location | undefined>();

export function placeOf(fn: AnyFunction): Place | undefined {
  const location = locationOf(fn);
  const script = location && scriptWithId(location.scriptId);
  return script && { script, line: location.line, column: location.column };
}

/** Characters from the start of the script; its lines end where they do for V8. */
export function positionOf({ script: { text }, line, column }: Place): number {
  const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;
  for (let count = 0; count < line; count++) {
    lineEnd.exec(text);
  }
  return lineEnd.lastIndex + column;
}

export function locationOf(fn: AnyFunction): Location | undefined {
  if (!locations.has(fn)) {
    locations.set(fn, findLocation(fn));
  }
  return locations.get(fn);
}

export function scriptWithId(id: string): Script | undefined {
  if (!nearScriptWithId(id)) {
    learnScripts();
  }
  return scripts.get(id);
}

/** The latest one of that URL. */
export function scriptWithUrl(url: string): Script | undefined {
  const find = () => [...scripts.values()].findLast((script) => script.url === url);
  if (!find()) {
    learnScripts();
  }
  return find();
}

/** A script that is found without asking the debugger for all of them: one that calls, or that was found before. */
export function nearScriptWithId(id: string): Script | undefined {
  if (!scripts.has(id)) {
    learnRunningScripts();
  }
  return scripts.get(id);
}

function findLocation(fn: AnyFunction): Location | undefined {
  return inspected(fn, ({ internalProperties }) => {
    const location = internalProperties?.find(({ name }) => name === "[[FunctionLocation]]")?.value?.value;
    return location && { ...location, line: location.lineNumber, column: location.columnNumber };
  });
}

function learnRunningScripts(): void {
  for (const { id, url, hash } of runningScripts()) {
    if (!scripts.has(id)) {
      scripts.set(id, new V8Script(id, url, hash));
    }
  }
}

interface ScriptParsed {
  readonly scriptId: string;
  readonly url: string;
  readonly hash: string;
  readonly length: number;
}

/** Scripts up to this length are read when they are found, because every later look costs as much as finding all. */
const soonRead = 2 ** 18;

function learnScripts(): void {
  const found: V8Script[] = [];
  whileDebugging(
    ({ scriptId: id, url, hash, length }) => {
      if (!scripts.has(id)) {
        const script = new V8Script(id, url, hash);
        scripts.set(id, script);
        if (length < soonRead && !/^$|^node:|[\\/]node_modules[\\/]/.test(url)) {
          found.push(script);
        }
      }
    },
    () => {
      for (const script of found) {
        script.read();
      }
    },
  );
}

/** Every script is reported when the debugger is turned on. */
function whileDebugging(learn: (script: ScriptParsed) => void, ask: () => void): void {
  const listen = ({ params }: { params: ScriptParsed }) => learn(params);
  const session = connected();
  session.on("Debugger.scriptParsed", listen);
  post("Debugger.enable", {});
  try {
    ask();
  } finally {
    post("Debugger.disable", {});
    session.off("Debugger.scriptParsed", listen);
  }
}

class V8Script implements Script {
  readonly id: string;
  readonly url: string;
  readonly #hash: string | undefined;
  #text: string | undefined;

  constructor(id: string, url: string, hash: string | undefined) {
    this.id = id;
    this.url = url;
    this.#hash = hash;
  }

  get text(): string {
    this.#text ??= this.#hash && textWithHash(this.url, this.#hash);
    if (this.#text === undefined) {
      whileDebugging(
        () => {},
        () => this.read(),
      );
    }
    return this.#text ?? "";
  }

  get hash(): string {
    return this.#hash ?? hashOf(this.text);
  }

  /** While the debugger is on. */
  read(): void {
    this.#text ??= post("Debugger.getScriptSource", { scriptId: this.id }).scriptSource;
  }
}
