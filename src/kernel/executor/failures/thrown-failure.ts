import { types } from "node:util";
import { intact } from "../../shared/intact-builtins.js";
import type { Failure } from "../../shared/thread-messages.js";
import { attempt, shownText } from "./shown-text.js";

const red = (text: string) => `\u001b[0;31m${text}\u001b[0m`;

/** Describes whatever was thrown; cause, errors of an AggregateError and own properties included. */
export function describeFailure(thrown: unknown): Failure {
  return intact(() => (isError(thrown) ? describeError(thrown) : describeValue(thrown)));
}

/** Those of another realm, too, such as a `vm` context or a structured clone. */
function isError(thrown: unknown): thrown is Error {
  return (
    types.isNativeError(thrown) ||
    attempt(
      () =>
        thrown instanceof Error || Reflect.apply(Object.prototype.toString, thrown, []) === "[object Error]",
    ) === true
  );
}

function describeError(error: Error): Failure {
  const ename =
    attempt(() => String(error.name || "")) || attempt(() => String(error.constructor.name)) || "Error";
  const evalue = attempt(() => String(error.message)) ?? "";
  const text = shownText(error);
  const traceback = text.startsWith(ename) ? red(ename) + text.slice(ename.length) : text;
  return { ename, evalue, traceback: traceback.split("\n") };
}

function describeValue(value: unknown): Failure {
  const text = shownText(value);
  return { ename: nameOf(value), evalue: text, traceback: `${red("Thrown:")} ${text}`.split("\n") };
}

function nameOf(value: unknown): string {
  if (value === null) {
    return "null";
  }
  return typeof value === "object"
    ? attempt(() => String(value.constructor?.name ?? "")) || "Object"
    : typeof value;
}
