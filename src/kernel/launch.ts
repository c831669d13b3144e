import { readConnectionFile } from "../jupyter/connection-file.js";
import { installedVersion } from "../missing-package.js";
import { type StartedProtocol, startProtocol } from "./executor/start-protocol.js";
import { javascriptFlag, settingsVariable } from "./kernelspec.js";
import { outdatedKernelspec } from "./outdated-kernelspec.js";

/** A kernel that answers its front end already, but runs no cells yet. */
export interface Launched extends StartedProtocol {
  javascript: boolean;
  /** The strictness that the notebook's metadata ask for. */
  settings: Readonly<Record<string, unknown>>;
  /** A sentence for the user, shown with the first cell. */
  notice?: string;
}

/**
 * Starts the thread that speaks to the front end, with the arguments of the kernel's command line: the path of a connection
 * file, and flags. `jupyter run` hands on the names of its files as well.
 */
export function launch([path, ...words]: string[]): Launched {
  const flags = words.filter((word) => word.startsWith("-"));
  const javascript = flags.includes(javascriptFlag);
  if (!path) {
    throw new TypeError("Expected the path of a connection file as the first argument");
  }
  const { execArgv, env } = process;
  const notice = outdatedKernelspec({ execArgv, flags, nodeOptions: env.NODE_OPTIONS });
  if (notice) {
    console.error(`poolbook kernel: ${notice}`);
  }
  const settings = JSON.parse(env[settingsVariable] || "{}");
  const started = startProtocol({
    connection: readConnectionFile(path),
    language: javascript ? "javascript" : "typescript",
    languageVersion: installedVersion("typescript"),
    implementationVersion: installedVersion("tslab"),
    settings,
  });
  return { ...started, javascript, settings, notice };
}
