import { fileURLToPath } from "node:url";
import type { WorkerPoolOptions } from "workerpool";
import { mainScriptForWorkers } from "../../functions/references/main-script.js";
import type { WorkerOptions } from "../../options.js";
import type { WorkerIdentity } from "../../wire/messages.cjs";
import { nodeCommand } from "../../wire/parent-death.cjs";
import { inheritedOptions } from "./inherited-options.js";

const script = fileURLToPath(new URL("../../worker/worker.cjs", import.meta.url));

/** Milliseconds a worker gets for its exit handlers when it is closed, before it is killed. */
const exitGrace = 200;

/** The script that a workerpool of one worker runs, and its options. */
export function workerCommand(
  given: WorkerOptions,
  nameAndSpace: Pick<WorkerIdentity, "name" | "space">,
): [script: string, options: WorkerPoolOptions] {
  const { workerType, env, cwd, maxMemory } = given;
  const identity = { ...nameAndSpace, mainScript: mainScriptForWorkers() };
  const options = { maxWorkers: 1, workerType, workerTerminateTimeout: exitGrace };
  if (workerType === "thread") {
    const { execArgv } = given;
    const resourceLimits = maxMemory === undefined ? {} : { maxOldGenerationSizeMb: maxMemory };
    const workerThreadOpts = {
      workerData: identity,
      resourceLimits,
      ...(env && { env }),
      ...(execArgv && { execArgv }),
    };
    return [script, { ...options, workerThreadOpts }];
  }
  const nodeOptions = [...(given.execArgv ?? inheritedOptions())];
  if (maxMemory !== undefined) {
    nodeOptions.push(`--max-old-space-size=${maxMemory}`);
  }
  const { execPath, execArgv, needsWatchdog } = nodeCommand();
  return [
    script,
    {
      ...options,
      forkArgs: [
        String(process.pid),
        identity.name,
        String(identity.space),
        identity.mainScript.path,
        identity.mainScript.hash,
        ...(needsWatchdog ? ["watchdog"] : []),
      ],
      forkOpts: {
        execPath,
        execArgv: [...execArgv, ...nodeOptions],
        ...(env && { env }),
        ...(cwd !== undefined && { cwd }),
        serialization: "json",
        silent: true,
        killSignal: "SIGKILL",
      },
    },
  ];
}
