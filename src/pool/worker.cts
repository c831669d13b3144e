import workerpool from "workerpool";
import { nameCurrentProcess } from "./current-process.cjs";
import { MaybeEncodingError } from "./errors.cjs";
import type {
  EventMessage,
  FunctionUpdate,
  Payload,
  ResultMessage,
  Start,
  TaskMessage,
  ThrownValue,
  WorkerEvent,
} from "./messages.cjs";
import { now } from "./now.cjs";
import { endWithParent } from "./parent-death.cjs";
import { ProgressMark } from "./progress-mark.cjs";
import { takeApart } from "./thrown.cjs";
import type { Values } from "./typed-array.cjs";
import { fromPayload, toPayload } from "./values.cjs";
import { call } from "./worker-calls.cjs";
import { addDefinition, forgetFunction, functionOf } from "./worker-functions.cjs";
import { captureOutput, currentTask } from "./worker-output.cjs";

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

type MaybePromise<T> = T | Promise<T>;

function run(
  { learn, forget }: FunctionUpdate,
  firstTicket: number,
  tasks: readonly TaskMessage[],
): MaybePromise<ResultMessage | undefined> {
  learn.forEach(addDefinition);
  forget.forEach(forgetFunction);
  return runFrom(0, firstTicket, tasks);
}

/** Runs the tasks from `start` on, waiting only where a task does. Answers with the last result, sends the others. */
function runFrom(
  start: number,
  firstTicket: number,
  tasks: readonly TaskMessage[],
): MaybePromise<ResultMessage | undefined> {
  for (let index = start; ; index++) {
    const task = tasks[index];
    if (!task) return undefined;
    mark.begin(firstTicket + index);
    if (tasks.length > 1 && mark.isRevoked(firstTicket)) return undefined;
    const result = currentTask.run(task[0], perform, task);
    const isLast = index + 1 === tasks.length;
    if (isLast) return result;
    if (result instanceof Promise) {
      return result.then((settled) => {
        send(["result", settled]);
        return runFrom(index + 1, firstTicket, tasks);
      });
    }
    send(["result", result]);
  }
}

function perform([task, functionId, kind, payload]: TaskMessage): MaybePromise<ResultMessage> {
  const started = now();
  const succeed = (values: Values): ResultMessage => [task, true, resultPayload(values), started, now()];
  const fail = (thrown: unknown): ResultMessage => [task, false, takeApart(thrown), started, now()];
  try {
    const values = call(kind, functionOf(functionId), fromPayload(payload));
    return values instanceof Promise ? values.then(succeed).catch(fail) : succeed(values);
  } catch (thrown) {
    return fail(thrown);
  }
}

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
