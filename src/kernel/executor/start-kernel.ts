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
import type { StartedProtocol } from "./start-protocol.js";
import { TaskServer } from "./task-server.js";

export interface KernelOptions extends StartedProtocol {
  language: Language;
  javascript: boolean;
  /** A sentence for the user, shown with the first cell. */
  notice?: string;
}

/** Does on this thread what the thread that speaks to the front end asks for. */
export function startKernel({ protocol, receive, language, javascript, notice }: KernelOptions): void {
  const log = process.stderr.write.bind(process.stderr);
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
  receive(serve(protocol, tasks, log));
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
  protocol: ProtocolThread,
  tasks: TaskServer,
  log: (text: string) => void,
): (message: ToMain) => void {
  // Cells may put another function in its place.
  const exit = process.exit.bind(process);
  return (message) => {
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
        log(`The kernel cannot speak to its front end: ${message.reason}\n`);
        exit(1);
    }
  };
}
