import type { AnyFunction } from "../../function-types.js";
import type { Payload } from "../../wire/payload.cjs";
import type { WorkerType } from "../../worker-type.cjs";
import { type Defined, define, type FunctionDefinition, lastOf, newId } from "../definition.js";
import { dismantle } from "../dismantle.js";
import type { Example } from "../function-part.js";
import type { CallSite } from "./call-site.js";
import { InlineFunctions } from "./inline-functions.js";
import { type Template, templateOf, valuesFor } from "./template.js";

/** A definition for one call, and the values of variables that it leaves to the call. */
export interface CalledDefinition extends Pick<Defined, "isFinal" | "example"> {
  readonly definition: FunctionDefinition;
  readonly captured?: Payload;
}

const inline: Record<WorkerType, InlineFunctions<CalledDefinition>> = {
  process: new InlineFunctions(),
  thread: new InlineFunctions(),
};

/** As `definitionOf`, for the call of a function at that site, which only one that was not defined before needs. */
export function calledDefinition(
  fn: AnyFunction,
  workerType: WorkerType,
  site: CallSite | undefined,
): CalledDefinition {
  const last = lastOf(fn, workerType);
  const find = (example?: Example) => (example ? like(example, fn, workerType) : define(fn, workerType));
  return last ?? (site ? inline[workerType].get(fn, site, find) : find());
}

/** By example; undefined where the functions differ in more than a template can tell. */
const templates = new WeakMap<Example, (Template & Pick<Defined, "definition">) | undefined>();

function like(example: Example, fn: AnyFunction, workerType: WorkerType): CalledDefinition {
  const template = templates.get(example);
  const captured = template && valuesFor(template, fn, workerType);
  if (captured) {
    return { definition: template.definition, captured, isFinal: false, example };
  }
  const defined = define(fn, workerType, example);
  if (!templates.has(example)) {
    learnTemplate(example, fn, workerType, defined);
  }
  return defined;
}

function learnTemplate(
  example: Example,
  fn: AnyFunction,
  workerType: WorkerType,
  { definition }: Defined,
): void {
  const isAlone = definition.needs.length + definition.companions.length === 0;
  const kind = { workerType, isCareful: false, isTrusting: false };
  const template = isAlone ? templateOf(fn, dismantle(fn, kind, example)) : undefined;
  const shared = template && { ...definition, id: newId(), parts: template.parts };
  templates.set(example, template && { ...template, definition: shared ?? definition });
}
