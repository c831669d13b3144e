import { isAbsolute } from "node:path";
import { scriptWithId } from "../inspection/scripts.js";
import { notebookSession } from "../notebook-exports.js";
import { isFunction, isObject } from "../objects.js";

/*
 * The kernel knows which line of the user's became which line of a compiled cell. Workers run the compiled text under the
 * number of its script; their stacks are translated when they arrive.
 */

/** Begins the names of compiled cells in the stacks of workers. */
export const compiledMark = "compiled#";

/** The name under which a worker runs what stands in a script; undefined if nobody could translate it. */
export function compiledName(scriptId: string): string | undefined {
  return isFunction(notebookSession()?.mapStackFrame) ? `${compiledMark}${scriptId}` : undefined;
}

/** It may name compiled cells, and somebody can translate it. */
export function needsOwnPlaces(text: string): boolean {
  return text.includes(compiledMark) && isFunction(notebookSession()?.mapStackFrame);
}

/** A text from a worker, such as a stack, with the places in what the user wrote, and without the frames of the pool. */
export function withOwnPlaces(text: string): string {
  const map = notebookSession()?.mapStackFrame;
  if (!isFunction(map)) {
    return text;
  }
  return text.replace(framesOfPool, "").replace(frame, (shown: string, ...parts: string[]) => {
    const [start = "", file = "", line, column] = parts;
    const fileName = compiledFile(file);
    if (fileName === undefined) {
      return shown;
    }
    const mapped: unknown = map({ fileName, line: Number(line), column: Number(column) });
    const place = isPosition(mapped) ? mapped : { line, column };
    return `${withoutExports(start)}${fileName}:${place.line}:${place.column}`;
  });
}

/** `    at async name (file:1:2)`, or without a name. */
const frame = /^(\s+at (?:async |new )*(?:.*? \()?)(.+?):(\d+):(\d+)(?=\)?$)/gm;

/** From the worker that called the user's function on. */
const framesOfPool = /\n\s+at [^\n]*[\\/]pool[\\/]worker[\\/]worker\.cjs:\d[^\n]*(?:\n\s+at [^\n]*)*/g;

function compiledFile(name: string): string | undefined {
  const scriptId = /(?:^|\/)compiled#(\d+)$/.exec(name)?.[1];
  const absolute = isAbsolute(name) ? name : undefined;
  return scriptId === undefined ? absolute : scriptWithId(scriptId)?.url;
}

function withoutExports(start: string): string {
  return start.replace(/^(\s+at (?:async |new )*)exports\./, "$1");
}

function isPosition(value: unknown): value is { line: number; column: number } {
  return isObject(value) && "line" in value && "column" in value;
}
