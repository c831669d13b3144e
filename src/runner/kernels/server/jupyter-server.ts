import { setTimeout as delay } from "node:timers/promises";
import type { ServerConnection } from "@jupyterlab/services";
import { recordOf } from "../../../document/record.js";
import type { Kernelspec } from "../../../setup/found-kernelspec.js";
import type { KernelHost, RunningKernel, StartOptions } from "../kernel-host.js";
import { KernelStartError } from "../kernel-start-error.js";
import { withinStartTimeout } from "../start-timeout.js";
import { exactSerializer } from "./exact-serializer.js";
import type { ServerOptions } from "./server-options.js";
import { startRequest } from "./start-request.js";
import { withToken } from "./token-web-socket.js";
import { untilLost } from "./until-lost.js";

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
    const { KernelSpecAPI } = await import("../services.js");
    const { kernelspecs } = await this.#reach(async () => KernelSpecAPI.getSpecs(await this.#settings()));
    const specs = Object.values(kernelspecs).filter((spec) => spec !== undefined);
    return new Map(specs.map(({ env, ...spec }) => [spec.name.toLowerCase(), spec]));
  }

  async start(spec: Kernelspec, options: StartOptions): Promise<RunningKernel> {
    const { KernelAPI, KernelConnection } = await import("../services.js");
    const serverSettings = await this.#settings();
    const model = await this.#reach(() =>
      KernelAPI.startNew(startRequest(spec.name, options.cwd), serverSettings),
    );
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
    const { ServerConnection } = await import("../services.js");
    const settings = ServerConnection.makeSettings({
      baseUrl: this.#url,
      wsUrl: this.#url.replace(/^http/, "ws"),
      token: this.#token,
      appendToken: false,
    });
    return {
      ...settings,
      WebSocket: withToken(settings.WebSocket, this.#token),
      serializer: exactSerializer(settings.serializer),
    };
  }

  /** Resolves as `request` does; its failure says which server could not be reached, and why. */
  async #reach<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (cause) {
      throw new KernelStartError(`the server at ${this.#url} ${describeFailure(cause)}`, false, { cause });
    }
  }
}

function describeFailure(error: unknown): string {
  const response = error instanceof Error && "response" in error ? recordOf(error.response) : {};
  if (!(error instanceof Error) || response.status === undefined) {
    return "cannot be reached";
  }
  const isForbidden = response.status === 401 || response.status === 403;
  const hint = isForbidden ? " (is the token right, and may its owner start kernels?)" : "";
  // An Enterprise Gateway has its words in the status line only.
  const words = error.message.trim() || String(response.statusText);
  return `refused with status ${response.status}: ${words}${hint}`;
}
