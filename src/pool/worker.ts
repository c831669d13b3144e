import workerpool from "workerpool";
import { nameCurrentProcess } from "./current-process.js";
import { MaybeEncodingError } from "./errors.js";
import type {
  EventMessage,
  FunctionDefinition,
  Payload,
  ResultMessage,
  Start,
  TaskMessage,
  WorkerEvent,
} from "./messages.js";
import { now } from "./now.js";
import { endWithParent } from "./parent-death.js";
import { takeApart } from "./thrown.js";
import { fromPayload, toPayload } from "./values.js";
import { defineFunction, functionOf } from "./worker-functions.js";
import { captureOutput, currentTask } from "./worker-output.js";

function send(event: WorkerEvent): void {
  process.send?.({ poolbook: event } satisfies EventMessage);
}

function start({ name }: Start): void {
  nameCurrentProcess(name);
}

async function run(definitions: FunctionDefinition[], tasks: TaskMessage[]): Promise<ResultMessage[]> {
  definitions.forEach(defineFunction);
  const results: ResultMessage[] = [];
  for (const task of tasks) results.push(await currentTask.run(task[0], perform, task));
  return results;
}

async function perform([task, functionId, args]: TaskMessage): Promise<ResultMessage> {
  const started = now();
  try {
    const value = await functionOf(functionId)(...fromPayload(args));
    return [task, true, resultPayload(value), started, now()];
  } catch (thrown) {
    return [task, false, takeApart(thrown), started, now()];
  }
}

function resultPayload(value: unknown): Payload {
  try {
    return toPayload([value]);
  } catch (cause) {
    throw new MaybeEncodingError("Result cannot be cloned, so cannot leave the worker", { cause });
  }
}

endWithParent(Number(process.argv[2]), process.argv[3] === "watchdog");
captureOutput((...output) => send(["output", ...output]));
workerpool.worker({ start, run });
