import * as ownErrors from "../errors.cjs";
import { type ErrorClass, isErrorClass, type Reading } from "../wire/thrown.cjs";
import { notebookExports } from "./notebook-exports.js";
import { memberOf } from "./objects.js";
import { withOwnPlaces } from "./stacks/notebook-stacks.js";

const errorClasses = new Map<string, ErrorClass>();

/** Error classes that have travelled: what workers throw becomes one of them again. */
export function learnErrorClasses(classes: ReadonlyMap<string, ErrorClass>): void {
  for (const [name, type] of classes) {
    errorClasses.set(name, type);
  }
}

/** Reads what a worker has thrown: its class travelled, or is the notebook's or our own. */
export const errorsFromWorkers: Reading = {
  classOf(name) {
    const found = errorClasses.get(name) ?? notebookExports()?.[name] ?? memberOf(ownErrors, name);
    return isErrorClass(found) ? found : undefined;
  },
  shownStack: withOwnPlaces,
};
