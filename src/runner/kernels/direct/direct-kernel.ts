import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Kernel } from "@jupyterlab/services";
import { recordOf } from "../../../document/record.js";
import {
  hasRoomForSockets,
  NewConnectionFile,
  type NewConnectionOptions,
} from "../../../jupyter/new-connection-file.js";
import type { Kernelspec } from "../../../setup/found-kernelspec.js";
import { kernelspecRenewal } from "../../../setup/kernelspec-renewal.js";
import { findKernelspecs } from "../../../setup/kernelspecs.js";
import { describeExit } from "../kernel-exit.js";
import type { KernelHost, RunningKernel, StartOptions } from "../kernel-host.js";
import { KernelStartError } from "../kernel-start-error.js";
import { withinStartTimeout } from "../start-timeout.js";
import { channelsWebSocket } from "./channels-web-socket.js";
import type { KernelChannels } from "./kernel-channels.js";
import { KernelProcess } from "./kernel-process.js";
import { MemoryMeter } from "./memory/memory-meter.js";

/** Kernels of this machine, started from their kernelspecs and spoken to over ZeroMQ, without a Jupyter server. */
export const thisMachine: KernelHost = { kernelspecs: findKernelspecs, start: startDirectKernel };

// A kernel that is asked to end gets the time Jupyter gives it before it is killed; less when somebody waits.
const shutdownGrace = 5000;
const abortedGrace = 1000;

async function startDirectKernel(spec: Kernelspec, options: StartOptions): Promise<RunningKernel> {
  options.signal.throwIfAborted();
  const connectionFile = await NewConnectionFile.create({
    kernelName: spec.name,
    ...(await transportOf(spec)),
  });
  const kernel = new KernelProcess(spec, connectionFile, options.cwd);
  let opened: KernelChannels | undefined;
  try {
    // Loaded while the kernel starts.
    const { KernelChannels } = await import("./kernel-channels.js");
    const channels = new KernelChannels(connectionFile.connection);
    opened = channels;
    const services = import("../services.js");
    await untilReady(channels, kernel, spec, options);
    const { KernelConnection } = await services;
    await kernel.forgetStderr();
    const connection = connect(KernelConnection, channels, spec.name);
    return {
      connection,
      exited: kernel.exited,
      ...(kernel.pid !== undefined && { memory: new MemoryMeter(kernel.pid) }),
      interrupt: () => {
        if (spec.interrupt_mode === "message") {
          channels.request("control", "interrupt_request", {});
        } else {
          kernel.interrupt();
        }
      },
      kill: () => kernel.kill(),
      shutdown: async () => {
        const grace = options.signal.aborted ? abortedGrace : shutdownGrace;
        channels.request("control", "shutdown_request", { restart: false });
        await Promise.race([kernel.exited, delay(grace, undefined, { ref: false })]);
        await end(kernel, channels);
        connection.dispose();
      },
    };
  } catch (error) {
    await end(kernel, opened);
    throw error;
  }
}

type Transport = Pick<NewConnectionOptions, "transport" | "encryption">;

/** Ports are open to every user of the machine, so that what goes over them is encrypted where the kernel can. */
async function transportOf({ metadata }: Kernelspec): Promise<Transport> {
  const { transport } = recordOf(metadata?.poolbook);
  if (transport === "ipc" && process.platform !== "win32" && hasRoomForSockets()) {
    return { transport };
  }
  const { capability, curveKeyPair } = await import("zeromq");
  if (!capability.curve || ![metadata?.supported_encryption].flat().includes("curve")) {
    return { transport: "tcp" };
  }
  const { publicKey, secretKey } = curveKeyPair();
  return { transport: "tcp", encryption: { curve_publickey: publicKey, curve_secretkey: secretKey } };
}

async function untilReady(
  channels: KernelChannels,
  kernel: KernelProcess,
  spec: Kernelspec,
  options: StartOptions,
): Promise<void> {
  const ended = await withinStartTimeout(spec.name, options, (signal) =>
    Promise.race([channels.ready(signal), kernel.exited]),
  );
  if (!ended) {
    return;
  }
  const renewal = kernelspecRenewal(spec);
  if (renewal !== undefined) {
    throw new KernelStartError(`kernel "${spec.name}" did not start: ${renewal}`, false);
  }
  const hasRun = ended.code !== null || ended.signal !== null;
  const message = `kernel "${spec.name}" ${describeExit(ended)}${hasRun ? " before it answered" : ""}`;
  throw new KernelStartError(message, hasRun);
}

async function end(kernel: KernelProcess, channels: KernelChannels | undefined): Promise<void> {
  kernel.kill();
  await kernel.exited;
  channels?.close();
}

type KernelConnectionClass = typeof import("../services.js")["KernelConnection"];

function connect(
  KernelConnection: KernelConnectionClass,
  channels: KernelChannels,
  name: string,
): Kernel.IKernelConnection {
  const serverSettings = {
    baseUrl: "",
    appUrl: "",
    wsUrl: "",
    token: "",
    appendToken: false,
    WebSocket: channelsWebSocket(channels),
    serializer: { serialize: (message: unknown) => message, deserialize: (message: unknown) => message },
  };
  return new KernelConnection({
    model: { id: randomUUID(), name },
    serverSettings: serverSettings as unknown as NonNullable<
      ConstructorParameters<KernelConnectionClass>[0]["serverSettings"]
    >,
    handleComms: false,
  });
}
