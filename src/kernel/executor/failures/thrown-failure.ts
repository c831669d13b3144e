import { inspect } from "node:util";
import type { Failure } from "../../shared/thread-messages.js";

const red = (text: string) => `\u001b[0;31m${text}\u001b[0m`;

/** Describes whatever was thrown; cause, errors of an AggregateError and own properties included. */
export function describeFailure(thrown: unknown): Failure {
  try {
    return thrown instanceof Error || isErrorLike(thrown) ? describeError(thrown) : describeValue(thrown);
  } catch {
    return {
      ename: "Error",
      evalue: "(it cannot be shown)",
      traceback: [red("Error: (it cannot be shown)")],
    };
  }
}

/** Errors of another realm, such as a `vm` context or a structured clone. */
function isErrorLike(thrown: unknown): thrown is Error {
  return Object.prototype.toString.call(thrown) === "[object Error]";
}

function describeError(error: Error): Failure {
  const ename = String(error.name || error.constructor?.name || "Error");
  const text = inspect(error);
  const traceback = text.startsWith(ename) ? red(ename) + text.slice(ename.length) : text;
  return { ename, evalue: String(error.message), traceback: traceback.split("\n") };
}

function describeValue(value: unknown): Failure {
  const text = inspect(value);
  return { ename: nameOf(value), evalue: text, traceback: `${red("Thrown:")} ${text}`.split("\n") };
}

function nameOf(value: unknown): string {
  return value !== null && typeof value === "object"
    ? (value.constructor?.name ?? "Object")
    : value === null
      ? "null"
      : typeof value;
}
