import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { fixtures } from "./script.js";

/** Another system, as far as this one can play it. */
export interface System {
  /** The command line as it runs there. */
  wrap(argv: string[]): string[];
  env: NodeJS.ProcessEnv;
  needsNamespace?: boolean;
}

function platform(name: string): System {
  const preload = pathToFileURL(`${fixtures}systems/${name}.mjs`).href;
  return { wrap: (argv) => argv, env: { NODE_OPTIONS: `--import=${preload}`, TEMP: tmpdir() } };
}

/** A namespace in which `prepare` is done before the command runs. */
function namespace(options: string[], prepare = "true"): System {
  return {
    wrap: (argv) => ["unshare", ...options, "sh", "-c", `${prepare} && exec "$@"`, "sh", ...argv],
    env: {},
    needsNamespace: true,
  };
}

export const systems = {
  darwin: platform("darwin"),
  win32: platform("win32"),
  "Linux without /proc": namespace(["--mount"], "mount -t tmpfs none /proc"),
  "Linux with a /proc of other processes": namespace(["--pid", "--fork", "--kill-child"]),
  "Linux without /dev/shm": namespace(["--mount"], "mount -t tmpfs -o ro none /dev/shm"),
  "Linux without setpriv": { wrap: (argv: string[]) => argv, env: { PATH: "" } },
} satisfies Record<string, System>;

/** Why namespaces cannot be made here, which root is needed for; undefined when they can. */
export function namespaceProblem(): string | undefined {
  const { status, stderr, error } = spawnSync("unshare", ["--mount", "--pid", "--fork", "true"], {
    encoding: "utf8",
  });
  return status === 0 ? undefined : `no namespaces: ${error?.message ?? stderr.trim()}`;
}
