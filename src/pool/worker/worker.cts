import { nameCurrentProcess } from "../current-process.cjs";
import { provideCurrentTask } from "../current-task.cjs";
import { MaybeEncodingError } from "../errors.cjs";
import { microsecondsSince, now } from "../wire/clock.cjs";
import type { OwnModules } from "../wire/function-parts.cjs";
import { HeldResults } from "../wire/held-results.cjs";
import { returnMemory } from "../wire/large/reused-memory.cjs";
import type {
  Batch,
  BatchEnd,
  ResultMessage,
  SentFunction,
  SentInitializer,
  SentPayload,
  TaskMessage,
  ThrownValue,
  WorkerEvent,
} from "../wire/messages.cjs";
import { endWithParent } from "../wire/parent-death.cjs";
import { toPayload } from "../wire/payload.cjs";
import { receiveBytes, receivePayload, sendPayload } from "../wire/sent-payload.cjs";
import type { SharedSpace } from "../wire/space/shared-space.cjs";
import { decode } from "../wire/structured-clone.cjs";
import { takeApart } from "../wire/thrown.cjs";
import type { Values } from "../wire/typed-array.cjs";
import { call } from "./call-function.cjs";
import { captureOutput } from "./captured-output.cjs";
import { addDefinition, forgetFunction, functionOf } from "./learned-functions.cjs";
import { learnOwnModules } from "./own-modules.cjs";
import { identity, keepListeners, openSpace, send, transfersOf, workerType } from "./parent.cjs";
import { abort, beginTask, endTask, runningTask, taskContext } from "./running-task.cjs";
import { addShared } from "./shared-values.cjs";

// The part of workerpool that its workers need; all of it would take each of them longer to load than all of ours.
const { add }: typeof import("workerpool/types/worker.js") = require("workerpool/src/worker.js");
const Transfer: typeof import("workerpool/types/transfer.js") = require("workerpool/src/transfer.js");

/** Nothing that a task writes comes before the results of earlier tasks. */
function sendInOrder(event: WorkerEvent): void {
  held?.send();
  send(event);
}

let space: SharedSpace;
let held: HeldResults;
/** The times of results count from it. */
let batchTime = 0;

async function start(initializer?: SentInitializer): Promise<ThrownValue | undefined> {
  if (!initializer) {
    return undefined;
  }
  const { definition, needs, args } = initializer;
  try {
    needs.forEach(learn);
    learn(definition);
    const initialize = await functionOf(definition.id);
    await initialize(...receivePayload(args, space));
    return undefined;
  } catch (thrown) {
    return takeApart(thrown);
  }
}

/** Keeps a copy of the definition: what is read next is written over it. */
function learn({ id, folder, parts, companions, role }: SentFunction): void {
  const bytes = receiveBytes(parts, space);
  if (role === "modules") {
    learnOwnModules(decode(bytes) as OwnModules);
  } else if (role === "shared") {
    addShared({ id, parts: new Uint8Array(bytes), companions });
  } else {
    addDefinition({ id, folder, parts: new Uint8Array(bytes), companions });
  }
}

type MaybePromise<T> = T | Promise<T>;

function run(batch: Batch): MaybePromise<BatchEnd> {
  batchTime = batch.time;
  space.continueAt(batch.spaceEnd);
  batch.learn?.forEach(learn);
  batch.forget?.forEach(forgetFunction);
  return runFrom(0, batch);
}

function runInThread(batch: Batch): MaybePromise<object> {
  const handOver = (end: BatchEnd) => new Transfer(end, transfersOf(end.results));
  const end = run(batch);
  return end instanceof Promise ? end.then(handOver) : handOver(end);
}

/** Runs the tasks from `start` on, waiting only where a task does. Answers with the results that were not sent yet. */
function runFrom(start: number, batch: Batch): MaybePromise<BatchEnd> {
  const { firstTicket, tasks } = batch;
  for (let index = start; ; index++) {
    const task = tasks[index];
    if (!task) {
      return held.end();
    }
    held.begin(firstTicket + index);
    const started = now();
    if (tasks.length > 1 && space.isRevoked(firstTicket, started)) {
      return held.end();
    }
    const result = taskContext.run(task[0], perform, task, started);
    const isLast = index + 1 === tasks.length;
    if (result instanceof Promise) {
      return goOn(result, index, batch);
    }
    if (isLast) {
      return held.end(result);
    }
    held.hold(result);
  }
}

/** Waits for a result; others are held no longer than that takes no time. */
async function goOn(running: Promise<ResultMessage>, index: number, batch: Batch): Promise<BatchEnd> {
  const sending = setImmediate(() => held.send());
  const result = await running;
  clearImmediate(sending);
  if (index + 1 === batch.tasks.length) {
    return held.end(result);
  }
  held.hold(result);
  return runFrom(index + 1, batch);
}

/** By indices, and without functions of its own: to take a tuple apart by its iterator takes as long as a short task. */
function perform(message: TaskMessage, started: number): MaybePromise<ResultMessage> {
  const task = message[0];
  beginTask(task);
  try {
    const captured = message[4];
    const fn = functionOf(message[1], captured && receivePayload(captured, space));
    const kind = message[2];
    const given = receivePayload(message[3], space);
    const values = fn instanceof Promise ? fn.then((made) => call(kind, made, given)) : call(kind, fn, given);
    return values instanceof Promise ? settled(values, task, started) : succeeded(values, task, started);
  } catch (thrown) {
    return failed(thrown, task, started);
  }
}

async function settled(values: Promise<Values>, task: number, started: number): Promise<ResultMessage> {
  try {
    return succeeded(await values, task, started);
  } catch (thrown) {
    return failed(thrown, task, started);
  }
}

function succeeded(values: Values, task: number, started: number): ResultMessage {
  const payload = resultPayload(values);
  endTask();
  return [task, true, payload, sinceBatch(started), sinceBatch(now())];
}

function failed(thrown: unknown, task: number, started: number): ResultMessage {
  endTask();
  return [task, false, takeApart(thrown), sinceBatch(started), sinceBatch(now())];
}

function sinceBatch(time: number): number {
  return microsecondsSince(batchTime, time);
}

function resultPayload(values: Values): SentPayload {
  try {
    const payload = toPayload(values, workerType);
    const sent = sendPayload(payload, space);
    if (payload instanceof Uint8Array) {
      returnMemory(payload);
    }
    return sent;
  } catch (cause) {
    throw new MaybeEncodingError("Result cannot be cloned, so cannot leave the worker", { cause });
  }
}

if (workerType === "process") {
  endWithParent(Number(process.argv[2]), process.argv[7] === "watchdog");
}
process.on("uncaughtExceptionMonitor", (error) => sendInOrder(["fatal", takeApart(error)]));
const { name, space: key, mainScript } = identity();
nameCurrentProcess(name, mainScript);
space = openSpace(key);
held = new HeldResults(space, (results) => send(["results", results]));
provideCurrentTask(() => runningTask(sendInOrder));
captureOutput((...output) => sendInOrder(["output", ...output]));
add({ start, abort, run: workerType === "process" ? run : runInThread });
keepListeners();
