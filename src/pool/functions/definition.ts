import { dirname, resolve } from "node:path";
import { FunctionTransferError } from "../errors.cjs";
import type { AnyFunction } from "../function-types.js";

import { type Companion, Companions } from "../wire/companions.cjs";
import type { Part } from "../wire/function-parts.cjs";
import type { DefinitionRole } from "../wire/messages.cjs";
import { encode } from "../wire/structured-clone.cjs";
import type { WorkerType } from "../worker-type.cjs";
import { type Dismantled, dismantle } from "./dismantle.js";
import { learnErrorClasses } from "./errors-from-workers.js";
import type { Example } from "./function-part.js";
import { notebookExports } from "./notebook-exports.js";
import { ownModulesFor } from "./notebook-modules.js";
import type { TableKind } from "./part-table.js";
import { mainScript } from "./references/main-script.js";
import { refuseMainScriptAgain, refuseModulesBeingLoaded } from "./references/run-again.js";
import { sharedNumber } from "./shared/shared-numbers.js";

/** A function ready for the trip, with all that it uses; or the modules that one loads. */
export interface FunctionDefinition {
  readonly id: number;
  readonly name: string;
  /** Names the place where it is written: functions that are made in a loop share it, and take about as long. */
  readonly family: string;
  /** The folder where its `require` starts to look for modules. */
  readonly folder: string;
  /** Its parts, encoded. */
  readonly parts: Uint8Array;
  /** Memory that it shares with a worker thread. */
  readonly companions: readonly Companion[];
  /** It is no function: its parts are the user's own modules, or a shared value. */
  readonly role?: DefinitionRole;
  /** The modules that it loads and the shared values that it uses, which a worker must have first. */
  readonly needs: readonly FunctionDefinition[];
}

export interface Defined extends Pick<Dismantled, "isFinal" | "example"> {
  readonly definition: FunctionDefinition;
  /** Its parts, encoded with versions in place of those that have one. */
  readonly brief: Uint8Array | undefined;
}

/** By the workers that they are for: for threads, what they share travels with them. */
const defined: Record<WorkerType, WeakMap<AnyFunction, Defined>> = {
  process: new WeakMap(),
  thread: new WeakMap(),
};
let lastId = 0;

/**
 * All that a worker needs to run a function: a new definition whenever something that the function uses has changed.
 * Throws a FunctionTransferError if the function cannot be sent.
 */
export function definitionOf(fn: AnyFunction, workerType: WorkerType): FunctionDefinition {
  return (lastOf(fn, workerType) ?? define(fn, workerType)).definition;
}

/** A function that was defined before: that definition, or a new one if that does not hold any more. */
export function lastOf(fn: AnyFunction, workerType: WorkerType): Defined | undefined {
  const last = defined[workerType].get(fn);
  if (!last || (last.isFinal && Object.keys(fn).length === 0)) {
    return last;
  }
  return isUnchanged(fn, last, workerType) ? last : define(fn, workerType);
}

/** No other definition has it. */
export function newId(): number {
  return ++lastId;
}

export function isDefined(fn: AnyFunction): boolean {
  return defined.process.has(fn) || defined.thread.has(fn);
}

function isUnchanged(fn: AnyFunction, { definition, brief }: Defined, workerType: WorkerType): boolean {
  try {
    const kind = { workerType, isCareful: false, isTrusting: true };
    const again = brief ? brieflyEncoded(fn, kind) : encoded(fn, kind);
    return (
      Buffer.compare(brief ?? definition.parts, again.bytes) === 0 &&
      isSame(definition.needs, needsOf(again, workerType))
    );
  } catch {
    // Of data that has changed, or cannot be sent any more.
    return false;
  }
}

/** A new definition, of a function like the example if one is given. */
export function define(fn: AnyFunction, workerType: WorkerType, like?: Example): Defined {
  refuseMainScriptAgain(fn, define);
  const found = encoded(fn, { workerType, isCareful: false, isTrusting: false }, like);
  const { bytes, companions, isFinal, example, versions, isCareful } = found;
  refuseModulesBeingLoaded(fn, found.parts);
  const needs = needsOf(found, workerType);
  const id = newId();
  const definition = {
    id,
    name: fn.name || "anonymous",
    family: placeIn(found.parts) ?? String(id),
    folder: definitionFolder(),
    parts: bytes,
    companions: companions.take(),
    needs,
  };
  const brief = versions.size > 0 && !isCareful ? briefly(found, workerType) : undefined;
  const now = { definition, brief, isFinal: isFinal && needs.length === 0, example };
  defined[workerType].set(fn, now);
  return now;
}

function brieflyEncoded(fn: AnyFunction, kind: TableKind): Dismantled & Pick<Encoded, "bytes"> {
  const dismantled = dismantle(fn, kind);
  return { ...dismantled, bytes: briefly(dismantled, kind.workerType) };
}

/** The parts of a function, encoded with versions in place of those that have one. */
function briefly({ parts, versions }: Dismantled, workerType: WorkerType): Uint8Array {
  const companions = workerType === "thread" ? new Companions() : undefined;
  return encode(
    parts.map((part) => versions.get(part) ?? part),
    companions,
  );
}

function placeIn([root]: readonly Part[]): string | undefined {
  const origin = root?.kind === "function" ? root.origin : undefined;
  return origin && `${origin.line}:${origin.column} ${origin.url}`;
}

function needsOf({ parts, shared }: Dismantled, workerType: WorkerType): FunctionDefinition[] {
  return [...modulesFor(parts), ...[...shared].map((value) => sharedDefinition(value, workerType))];
}

function isSame<T>(before: readonly T[], now: readonly T[]): boolean {
  return before.length === now.length && before.every((item, index) => item === now[index]);
}

interface Encoded extends Dismantled {
  readonly bytes: Uint8Array;
  readonly companions: Companions;
  readonly isCareful: boolean;
}

function encoded(fn: AnyFunction, kind: TableKind, like?: Example): Encoded {
  try {
    return encodedInParts(fn, kind, like);
  } catch (error) {
    throw isStackOverflow(error) ? nestedTooDeeply(fn, error) : error;
  }
}

/** Takes a function apart. What looks like data is not tried before all is encoded: only if that fails, once more. */
function encodedInParts(fn: AnyFunction, kind: TableKind, like?: Example): Encoded {
  const dismantled = dismantle(fn, kind, like);
  learnErrorClasses(dismantled.errorClasses);
  const companions = new Companions();
  try {
    const bytes = encode(dismantled.parts, kind.workerType === "thread" ? companions : undefined);
    return { ...dismantled, bytes, companions, isCareful: kind.isCareful };
  } catch (error) {
    if (kind.isCareful || isStackOverflow(error)) {
      throw error;
    }
    return encodedInParts(fn, { ...kind, isCareful: true }, like);
  }
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}

function nestedTooDeeply({ name }: AnyFunction, cause: unknown): FunctionTransferError {
  return new FunctionTransferError(
    `Cannot send function \`${name || "anonymous"}\` to a worker: it uses values that are nested too deeply, some thousand objects in one another; pass them as a flat array`,
    { cause },
  );
}

let lastModules: FunctionDefinition | undefined;

/** One definition for all functions, until a module has changed or another one is loaded. */
function modulesFor(parts: readonly Part[]): FunctionDefinition[] {
  const modules = ownModulesFor(parts);
  if (!modules) {
    return [];
  }
  const encoded = encode(modules);
  if (!lastModules || Buffer.compare(lastModules.parts, encoded) !== 0) {
    lastModules = {
      id: newId(),
      name: "modules",
      family: "modules",
      folder: definitionFolder(),
      parts: encoded,
      companions: [],
      role: "modules",
      needs: [],
    };
  }
  return [lastModules];
}

const sharedDefinitions: Record<WorkerType, WeakMap<object, FunctionDefinition>> = {
  process: new WeakMap(),
  thread: new WeakMap(),
};

function sharedDefinition(value: object, workerType: WorkerType): FunctionDefinition {
  const known = sharedDefinitions[workerType].get(value);
  if (known) {
    return known;
  }
  const companions = new Companions();
  const parts = encode(value, workerType === "thread" ? companions : undefined);
  const definition: FunctionDefinition = {
    id: -(sharedNumber(value) ?? 0),
    name: "shared",
    family: "shared",
    folder: "",
    parts,
    companions: companions.take(),
    role: "shared",
    needs: [],
  };
  sharedDefinitions[workerType].set(value, definition);
  return definition;
}

/** The folder where `require` starts to look for modules: the notebook's folder, or the script's. */
export function definitionFolder(): string {
  const script = mainScript();
  return notebookExports() || script === undefined ? process.cwd() : resolve(dirname(script));
}
