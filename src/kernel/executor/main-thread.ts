import { MessageChannel, Worker } from "node:worker_threads";
import type { Connection as ConnectionInfo } from "../../jupyter/connection.js";
import type { JsonObject } from "../../jupyter/json.js";
import type { Language } from "../../language/index.js";
import { loadPublicModule } from "../../language/index.js";
import { createFlags } from "../shared/flags.js";
import { interrupted, type ProtocolData, type Task, type ToMain } from "../shared/messages.js";
import { createOutputMemory } from "../shared/output-channel.js";
import { answerComplete, answerInspect, answerIsComplete } from "./answers.js";
import { hideHookMarks, installTerminationHook, restoreHooks } from "./async-hooks.js";
import { currentCell } from "./cell.js";
import { installCellStreams } from "./cell-stream.js";
import { Connection } from "./connection.js";
import { Executor } from "./executor.js";
import { describeFailure } from "./failure.js";
import { installGlobals } from "./globals.js";
import { installLastingImmediates } from "./immediates.js";
import { CellModules } from "./require.js";
import { installStackTraces } from "./stack-trace.js";
import { installDroppableTicks } from "./ticks.js";
import { reportUncaught } from "./uncaught.js";
import { startWarmUp } from "./warm-up.js";
import { silenceOwnWarnings } from "./warnings.js";

export interface KernelOptions {
  connectionInfo: ConnectionInfo;
  language: Language;
  javascript: boolean;
  implementationVersion: string;
}

/** Starts the worker that speaks to the front end, and runs on this thread what it asks for. */
export function startKernel(options: KernelOptions): void {
  const { language, javascript } = options;
  const log = process.stderr.write.bind(process.stderr);
  const { worker, connection } = startWorker(options);
  installCellStreams(connection);
  installStackTraces((position) => language.mapStackFrame(position));
  installGlobals(connection);
  hideHookMarks();
  installDroppableTicks();
  installLastingImmediates();
  silenceOwnWarnings();
  installTerminationHook();
  reportUncaught(connection, log);
  const modules = new CellModules(() =>
    loadPublicModule((content, update) => {
      const cell = currentCell();
      if (cell) {
        connection.publish(cell, update ? "update_display_data" : "display_data", { ...content });
      }
    }),
  );
  const executor = new Executor(language, connection, modules, javascript ? "js" : "ts");

  let current: number | undefined;

  worker.on("message", (message: ToMain) => {
    switch (message.type) {
      case "task":
        perform(message.id, message.task);
        break;
      case "interrupt":
        restoreHooks();
        interrupt();
        connection.acknowledgeInterrupt(message.id);
        break;
      case "exit":
        process.exit(message.code);
        break;
      case "failed":
        fail(message.reason);
    }
  });
  worker.on("error", (error) => fail(error.message));
  process.on("exit", () => connection.drain());
  process.on("SIGINT", interrupt);
  const warmUp = startWarmUp(language, (step) => connection.guarded(step));

  function fail(reason: string): never {
    log(`The kernel cannot speak to its front end: ${reason}\n`);
    process.exit(1);
  }

  function perform(id: number, task: Task): void {
    warmUp.begin();
    current = id;
    connection.begin(id);
    if (task.kind === "execute") {
      executor.execute(id, task.request, (content) => reply(id, content));
    } else {
      reply(
        id,
        connection.guarded(() => answer(task)),
      );
    }
  }

  function reply(id: number, content: JsonObject): void {
    connection.reply(id, content);
    current = undefined;
    warmUp.end();
  }

  /** Ends the cell, or answers a task that a termination has made to be forgotten. */
  function interrupt(): void {
    if (!executor.interrupt() && current !== undefined) {
      reply(current, { status: "error", ...interrupted });
    }
  }

  function answer(task: Exclude<Task, { kind: "execute" }>): JsonObject {
    try {
      const { declarations } = executor.state;
      switch (task.kind) {
        case "complete":
          return answerComplete(language, declarations, task);
        case "inspect":
          return answerInspect(language, declarations, task);
        case "is_complete":
          return answerIsComplete(language, task.code);
      }
    } catch (error) {
      return { status: "error", ...describeFailure(error) };
    }
  }
}

function startWorker(options: KernelOptions): { worker: Worker; connection: Connection } {
  const output = createOutputMemory();
  const flags = createFlags();
  const { port1, port2 } = new MessageChannel();
  const workerData: ProtocolData = {
    connection: options.connectionInfo,
    output,
    flags,
    inputPort: port2,
    language: options.javascript ? "javascript" : "typescript",
    languageVersion: options.language.version,
    implementationVersion: options.implementationVersion,
  };
  const worker = new Worker(new URL("../protocol/worker.js", import.meta.url), {
    workerData,
    transferList: [port2],
  });
  return { worker, connection: new Connection(worker, output, new Int32Array(flags), port1) };
}
