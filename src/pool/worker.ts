import workerpool from "workerpool";
import { nameCurrentProcess } from "./current-process.js";
import { MaybeEncodingError } from "./errors.js";
import type {
  CallKind,
  EventMessage,
  FunctionUpdate,
  Payload,
  ResultMessage,
  Start,
  TaskMessage,
  ThrownValue,
  WorkerEvent,
} from "./messages.js";
import { now } from "./now.js";
import { endWithParent } from "./parent-death.js";
import { ProgressMark } from "./progress-mark.js";
import { takeApart } from "./thrown.js";
import type { Values } from "./typed-array.js";
import { fromPayload, toPayload } from "./values.js";
import {
  addDefinition,
  forgetFunction,
  functionOf,
  mapInOrder,
  type TaskFunction,
} from "./worker-functions.js";
import { captureOutput, currentTask } from "./worker-output.js";

function send(event: WorkerEvent): void {
  process.send?.({ poolbook: event } satisfies EventMessage);
}

let mark: ProgressMark;

async function start({ name, mark: path, initializer, initargs }: Start): Promise<ThrownValue | undefined> {
  mark = ProgressMark.open(path);
  nameCurrentProcess(name);
  if (!initializer) return undefined;
  try {
    addDefinition(initializer);
    await functionOf(initializer.id)(...fromPayload(initargs));
    return undefined;
  } catch (thrown) {
    return takeApart(thrown);
  }
}

async function run(
  { learn, forget }: FunctionUpdate,
  firstTicket: number,
  tasks: TaskMessage[],
): Promise<ResultMessage | undefined> {
  learn.forEach(addDefinition);
  forget.forEach(forgetFunction);
  let last: ResultMessage | undefined;
  for (const [index, task] of tasks.entries()) {
    if (last) send(["result", last]);
    last = undefined;
    mark.begin(firstTicket + index);
    if (tasks.length > 1 && mark.isRevoked(firstTicket)) break;
    last = await currentTask.run(task[0], perform, task);
  }
  return last;
}

async function perform([task, functionId, kind, payload]: TaskMessage): Promise<ResultMessage> {
  const started = now();
  try {
    const values = await calls[kind](functionOf(functionId), fromPayload(payload) as readonly unknown[]);
    return [task, true, resultPayload(values), started, now()];
  } catch (thrown) {
    return [task, false, takeApart(thrown), started, now()];
  }
}

const calls: Record<CallKind, (fn: TaskFunction, values: readonly unknown[]) => Promise<Values>> = {
  apply: async (fn, values) => [await fn(...values)],
  map: (fn, values) => mapInOrder(values, fn),
  starmap: (fn, values) => mapInOrder(values, (args) => fn(...(args as readonly unknown[]))),
};

function resultPayload(values: Values): Payload {
  try {
    return toPayload(values);
  } catch (cause) {
    throw new MaybeEncodingError("Result cannot be cloned, so cannot leave the worker", { cause });
  }
}

endWithParent(Number(process.argv[2]), process.argv[3] === "watchdog");
process.on("uncaughtExceptionMonitor", (error) => send(["fatal", takeApart(error)]));
captureOutput((...output) => send(["output", ...output]));
workerpool.worker({ start, run });
