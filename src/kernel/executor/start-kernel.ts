import type { Worker } from "node:worker_threads";
import type { Connection } from "../../jupyter/connection.js";
import { offerKernel } from "../../jupyter/kernel-seam.js";
import type { Language } from "../../language/index.js";
import { intact } from "../shared/intact-builtins.js";
import type { ToMain } from "../shared/thread-messages.js";
import { loadDisplayModule } from "../tslab/display-module.js";
import { CellModules } from "./cell/cell-modules.js";
import { currentCell } from "./cell/current-cell.js";
import { KernelComms } from "./comms/kernel-comms.js";
import { Executor } from "./executor.js";
import { restoreHooks } from "./interrupts/async-hooks.js";
import { bundleData } from "./output/mime-bundle.js";
import { prepareThread } from "./prepare-thread.js";
import type { ProtocolThread } from "./protocol-thread.js";
import { startProtocol } from "./start-protocol.js";
import { TaskServer } from "./task-server.js";

export interface KernelOptions {
  connection: Connection;
  language: Language;
  javascript: boolean;
  /** The version of tslab. */
  implementationVersion: string;
  /** The strictness that the notebook's metadata ask for. */
  settings: Readonly<Record<string, unknown>>;
  /** A sentence for the user, shown with the first cell. */
  notice?: string;
}

/** Starts the thread that speaks to the front end, and does on this thread what it asks for. */
export function startKernel(options: KernelOptions): void {
  const { connection, language, javascript, implementationVersion, settings, notice } = options;
  const log = process.stderr.write.bind(process.stderr);
  const { worker, protocol } = startProtocol({
    connection,
    language: javascript ? "javascript" : "typescript",
    languageVersion: language.version,
    implementationVersion,
    settings,
  });
  prepareThread(protocol, language, log);
  const modules = displayingModules(protocol, language.version);
  const executor = new Executor(language, protocol, modules, javascript ? "js" : "ts");
  const comms = new KernelComms(protocol);
  offerKernel({
    comms,
    bind: (callback) => comms.bind(callback),
    display: globalThis.display,
    isWatched: () => currentCell()?.allowsStdin === true,
  });
  const tasks = new TaskServer({ language, executor, protocol, comms, notice });
  serve(worker, protocol, tasks, log);
}

/** The modules of the cells; what tslab's own displays becomes output of the cell that runs. */
function displayingModules(protocol: ProtocolThread, compilerVersion: string): CellModules {
  let displayModule: object | undefined;
  return new CellModules(() => {
    displayModule ??= loadDisplayModule(({ data, ...rest }, update) => {
      const cell = currentCell();
      if (cell) {
        const content = { data: bundleData(data), ...rest };
        protocol.publish(cell, update ? "update_display_data" : "display_data", content);
      }
    }, compilerVersion);
    return displayModule;
  });
}

function serve(
  worker: Worker,
  protocol: ProtocolThread,
  tasks: TaskServer,
  log: (text: string) => void,
): void {
  // Cells may put another function in its place.
  const exit = process.exit.bind(process);
  const fail = (reason: string) => {
    log(`The kernel cannot speak to its front end: ${reason}\n`);
    exit(1);
  };
  const receive = (message: ToMain) => {
    switch (message.type) {
      case "task":
        tasks.perform(message.id, message.task);
        break;
      case "interrupt":
        intact(restoreHooks);
        tasks.interrupt();
        protocol.acknowledgeInterrupt(message.id);
        break;
      case "input":
        protocol.takeInput(message.value);
        break;
      case "exit":
        exit(message.code);
        break;
      case "failed":
        fail(message.reason);
    }
  };
  // A listener would be called by `Function.prototype.apply`, which is the cells'.
  const { apply } = Reflect;
  const { emit } = worker;
  Object.defineProperty(worker, "emit", {
    value(name: string, argument: unknown) {
      return name === "message" ? receive(argument as ToMain) : apply(emit, worker, [name, argument]);
    },
  });
  worker.on("error", (error) => fail(error.message));
}
