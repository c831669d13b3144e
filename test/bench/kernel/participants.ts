import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { kernelspec } from "#dist/kernel/kernelspec.js";

const require = createRequire(import.meta.url);

/** A kernel to measure; `{connection_file}` stands for the path of its connection file. */
export interface Participant {
  name: string;
  argv: string[];
  /** Stock tslab loses a reply after some 500 messages on a socket. */
  losesReplies?: boolean;
  /** It does not look into `node_modules`. */
  findsNoPackages?: boolean;
}

/** Our kernel, tslab as it is, and Deno's where it is installed. */
export function participants(): Participant[] {
  const stock = [
    process.execPath,
    require.resolve("tslab/bin/tslab"),
    "kernel",
    "--config-path={connection_file}",
  ];
  const deno = spawnSync("deno", ["--version"]).status === 0;
  return [
    { name: "own", argv: kernelspec().argv },
    { name: "stock", argv: stock, losesReplies: true },
    ...(deno
      ? [
          {
            name: "deno",
            argv: ["deno", "jupyter", "--kernel", "--conn", "{connection_file}"],
            findsNoPackages: true,
          },
        ]
      : []),
  ];
}
