import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import Tinypool from "tinypool";
import type { Contender } from "./contender.js";
import { bothAnswer, mebibyte, medianOf, range, timed, workers } from "./tasks.js";

const filename = fileURLToPath(new URL("named-tasks.js", import.meta.url));

interface NamedPool {
  run(task: unknown, options: { name: string }): Promise<unknown>;
  destroy(): Promise<void>;
}

export const piscina = contender("piscina (threads)", () => {
  return new Piscina({ filename, minThreads: workers, maxThreads: workers });
});

export const tinypool = contender("tinypool (processes)", () => {
  // Its workers get no environment otherwise, and have less to do at their start than those of all others.
  const env = { ...process.env } as Record<string, string>;
  const options = { runtime: "child_process", serialization: "advanced", env } as const;
  return new Tinypool({ filename, minThreads: workers, maxThreads: workers, ...options });
});

function contender(name: string, create: () => NamedPool): Contender {
  let pool: NamedPool;
  return {
    name,
    async start() {
      pool = create();
      await bothAnswer(() => pool.run(undefined, { name: "answer" }));
    },
    stop: () => pool.destroy(),
    roundTrip: (count) => medianOf(count, () => pool.run(undefined, { name: "noop" })),
    inFlight: (count) =>
      timed(() => Promise.all(range(count).map(() => pool.run(undefined, { name: "noop" })))),
    mapPrimes: (count, limit) =>
      timed(() => Promise.all(range(count).map(() => pool.run(limit, { name: "countPrimes" })))),
    echoBytes(count) {
      const bytes = new Uint8Array(mebibyte);
      return medianOf(count, () => pool.run(bytes, { name: "echo" }));
    },
    twoNaps: () => timed(() => Promise.all(range(2).map(() => pool.run(1000, { name: "nap" })))),
  };
}
