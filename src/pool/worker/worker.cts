import { nameCurrentProcess } from "../current-process.cjs";
import { MaybeEncodingError } from "../errors.cjs";
import { now } from "../wire/clock.cjs";
import { HeldResults } from "../wire/held-results.cjs";
import type {
  Batch,
  EventMessage,
  ResultMessage,
  SentFunction,
  SentPayload,
  Start,
  TaskMessage,
  ThrownValue,
  WorkerEvent,
} from "../wire/messages.cjs";
import { endWithParent } from "../wire/parent-death.cjs";
import { toPayload } from "../wire/payload.cjs";
import { receiveBytes, receivePayload, sendPayload } from "../wire/sent-payload.cjs";
import { SharedFile } from "../wire/shared-file.cjs";
import { takeApart } from "../wire/thrown.cjs";
import type { Values } from "../wire/typed-array.cjs";
import { call } from "./call-function.cjs";
import { captureOutput, currentTask } from "./captured-output.cjs";
import { addDefinition, forgetFunction, functionOf } from "./learned-functions.cjs";

// The part of workerpool that its workers need; all of it would take each of them longer to load than all of ours.
const { add }: typeof import("workerpool/types/worker.js") = require("workerpool/src/worker.js");

function send(event: WorkerEvent): void {
  process.send?.({ poolbook: event } satisfies EventMessage);
}

/** Nothing that a task writes comes before the results of earlier tasks. */
function sendInOrder(event: WorkerEvent): void {
  held?.send();
  send(event);
}

let file: SharedFile;
let held: HeldResults;

async function start({ name, file: path, initializer }: Start): Promise<ThrownValue | undefined> {
  file = SharedFile.open(path);
  held = new HeldResults(file, (results) => send(["results", results]));
  nameCurrentProcess(name);
  if (!initializer) {
    return undefined;
  }
  const { definition, args } = initializer;
  try {
    learn(definition);
    await functionOf(definition.id)(...receivePayload(args, file));
    return undefined;
  } catch (thrown) {
    return takeApart(thrown);
  }
}

/** Keeps a copy of the definition: what is read next is written over it. */
function learn({ id, folder, parts }: SentFunction): void {
  addDefinition({ id, folder, parts: new Uint8Array(receiveBytes(parts, file)) });
}

type MaybePromise<T> = T | Promise<T>;

function run(batch: Batch): MaybePromise<readonly ResultMessage[]> {
  file.continueAt(batch.fileEnd);
  batch.learn?.forEach(learn);
  batch.forget?.forEach(forgetFunction);
  return runFrom(0, batch);
}

/** Runs the tasks from `start` on, waiting only where a task does. Answers with the results that were not sent yet. */
function runFrom(start: number, batch: Batch): MaybePromise<readonly ResultMessage[]> {
  const { firstTicket, tasks } = batch;
  for (let index = start; ; index++) {
    const task = tasks[index];
    if (!task) {
      return held.take();
    }
    file.begin(firstTicket + index, held.place);
    if (tasks.length > 1 && file.isRevoked(firstTicket)) {
      return held.take();
    }
    const result = currentTask.run(task[0], perform, task);
    const isLast = index + 1 === tasks.length;
    if (result instanceof Promise) {
      return goOn(result, index, batch);
    }
    if (isLast) {
      return [...held.take(), result];
    }
    held.hold(result);
  }
}

/** Waits for a result; others are held no longer than that takes no time. */
async function goOn(
  running: Promise<ResultMessage>,
  index: number,
  batch: Batch,
): Promise<readonly ResultMessage[]> {
  const sending = setImmediate(() => held.send());
  const result = await running;
  clearImmediate(sending);
  if (index + 1 === batch.tasks.length) {
    return [...held.take(), result];
  }
  held.hold(result);
  return runFrom(index + 1, batch);
}

function perform([task, functionId, kind, payload]: TaskMessage): MaybePromise<ResultMessage> {
  const started = now();
  const succeed = (values: Values): ResultMessage => [task, true, resultPayload(values), started, now()];
  const fail = (thrown: unknown): ResultMessage => [task, false, takeApart(thrown), started, now()];
  try {
    const values = call(kind, functionOf(functionId), receivePayload(payload, file));
    return values instanceof Promise ? values.then(succeed).catch(fail) : succeed(values);
  } catch (thrown) {
    return fail(thrown);
  }
}

function resultPayload(values: Values): SentPayload {
  try {
    return sendPayload(toPayload(values), file);
  } catch (cause) {
    throw new MaybeEncodingError("Result cannot be cloned, so cannot leave the worker", { cause });
  }
}

endWithParent(Number(process.argv[2]), process.argv[3] === "watchdog");
process.on("uncaughtExceptionMonitor", (error) => sendInOrder(["fatal", takeApart(error)]));
captureOutput((...output) => sendInOrder(["output", ...output]));
add({ start, run });
