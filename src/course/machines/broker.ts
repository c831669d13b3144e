import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { BoundProcess } from "./bound-process.js";
import { freePort } from "./free-port.js";

const programs = ["redis-server", "valkey-server"];

/** A broker that this process has started, on a port of this machine that nobody else may use. */
export interface Broker {
  readonly url: string;
  readonly process: BoundProcess;
}

/** The path of an installed broker. */
export function findBroker(): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => programs.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Starts it; `folder` is where it runs. It gets its password where no other user of the machine can read it. */
export async function startBroker(program: string, folder: string): Promise<Broker> {
  const port = await freePort();
  const password = randomBytes(24).toString("hex");
  const broker = new BoundProcess(program, ["-"]);
  const settings = [
    `port ${port}`,
    "bind 127.0.0.1",
    `requirepass ${password}`,
    'save ""',
    "maxmemory-policy noeviction",
    `dir ${JSON.stringify(folder)}`,
  ];
  broker.give(`${settings.join("\n")}\n`);
  await broker.ready(/Ready to accept connections/);
  return { url: `redis://:${password}@127.0.0.1:${port}`, process: broker };
}
