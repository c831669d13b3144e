import { setTimeout as delay } from "node:timers/promises";
import type { Kernel, ServerConnection } from "@jupyterlab/services";
import type { Kernelspec } from "../../../setup/kernelspecs.js";
import "../library-chatter.js";
import {
  type KernelExit,
  type KernelHost,
  KernelStartError,
  type RunningKernel,
  type StartOptions,
} from "../kernel-host.js";
import { withinStartTimeout } from "../start-timeout.js";

export interface ServerOptions {
  /** The server's base URL: of a Jupyter server, a JupyterHub user's server or an Enterprise Gateway. */
  url: string;
  /** Sent in headers only, so that it stands in no log. Default: none. */
  token?: string;
}

// How long a lost connection may take to come back before its kernel counts as lost.
const reconnectLimit = 30_000;
const shutdownLimit = 10_000;

/** Kernels behind a Jupyter server, which starts them and restarts none on our behalf. */
export class JupyterServer implements KernelHost {
  #url: string;
  #token: string;

  constructor({ url, token = "" }: ServerOptions) {
    this.#url = url.endsWith("/") ? url : `${url}/`;
    this.#token = token;
  }

  async kernelspecs(): Promise<Map<string, Kernelspec>> {
    const { KernelSpecAPI } = await import("@jupyterlab/services");
    const { kernelspecs } = await this.#reach(async () => KernelSpecAPI.getSpecs(await this.#settings()));
    const specs = Object.values(kernelspecs).filter((spec) => spec !== undefined);
    return new Map(specs.map((spec) => [spec.name.toLowerCase(), spec as unknown as Kernelspec]));
  }

  async start(spec: Kernelspec, options: StartOptions): Promise<RunningKernel> {
    const { KernelAPI } = await import("@jupyterlab/services");
    const { KernelConnection } = await import("@jupyterlab/services/lib/kernel/default.js");
    const serverSettings = await this.#settings();
    const model = await this.#reach(() => KernelAPI.startNew({ name: spec.name }, serverSettings));
    const connection = new KernelConnection({ model, serverSettings, handleComms: false });
    const shutdown = async () => {
      await Promise.race([
        connection.shutdown().catch(() => {}),
        delay(shutdownLimit, undefined, { ref: false }),
      ]);
      connection.dispose();
    };
    const exited = untilLost(connection);
    try {
      const lost = await withinStartTimeout(spec.name, options, () =>
        Promise.race([connection.info.then(() => undefined), exited]),
      );
      if (lost) {
        throw new KernelStartError(`kernel "${spec.name}" ${lost.reason} before it answered`, false);
      }
    } catch (error) {
      await shutdown();
      throw error;
    }
    return {
      connection,
      exited,
      interrupt: () => void connection.interrupt().catch(() => {}),
      kill: () => void connection.shutdown().catch(() => {}),
      shutdown,
    };
  }

  async #settings(): Promise<ServerConnection.ISettings> {
    const { ServerConnection } = await import("@jupyterlab/services");
    const settings = ServerConnection.makeSettings({
      baseUrl: this.#url,
      wsUrl: this.#url.replace(/^http/, "ws"),
      token: this.#token,
      appendToken: false,
    });
    return { ...settings, WebSocket: withToken(settings.WebSocket, this.#token) };
  }

  /** What `request` resolves with; its failure says which server could not be reached, and why. */
  async #reach<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (cause) {
      throw new KernelStartError(`the server at ${this.#url} ${describeFailure(cause)}`, false, { cause });
    }
  }
}

function describeFailure(error: unknown): string {
  const { message, response } = error as Error & { response?: Response };
  if (!response) {
    return "cannot be reached";
  }
  const isTokenWrong = response.status === 401 || response.status === 403;
  return `refused with status ${response.status} (${isTokenWrong ? "is the token right?" : message})`;
}

type WebSocketClass = ServerConnection.ISettings["WebSocket"];

/** In Node a WebSocket takes headers, so the token need not stand in the URL. */
function withToken(Socket: WebSocketClass, token: string): WebSocketClass {
  if (token === "") {
    return Socket;
  }
  const NodeSocket = Socket as unknown as new (
    url: string,
    protocols: string[],
    options: { headers: Record<string, string> },
  ) => WebSocket;
  return class extends NodeSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers: { Authorization: `token ${token}` } });
    }
  } as unknown as WebSocketClass;
}

function untilLost(connection: Kernel.IKernelConnection): Promise<KernelExit> {
  return new Promise((resolve) => {
    const lost = (reason: string) => resolve({ code: null, signal: null, stderr: "", reason });
    let timer: NodeJS.Timeout | undefined;
    connection.statusChanged.connect((_, status) => {
      if (status === "dead" || status === "autorestarting") {
        lost("died on the server");
      }
    });
    connection.connectionStatusChanged.connect((_, status) => {
      clearTimeout(timer);
      if (status === "disconnected") {
        lost("was lost with the connection to the server");
      }
      if (status !== "connecting") {
        return;
      }
      timer = setTimeout(() => lost("was lost with the connection to the server"), reconnectLimit);
      timer.unref();
    });
    connection.disposed.connect(() => lost("was shut down"));
  });
}
