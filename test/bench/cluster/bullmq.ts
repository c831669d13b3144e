import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import type { Broker } from "../../helpers/broker.js";
import { range } from "../pool/tasks.js";
import { resultList } from "./bullmq-results.js";
import { type Contender, chunks, workers } from "./contender.js";

const script = fileURLToPath(new URL("bullmq-worker.js", import.meta.url));

/** BullMQ with a job for each task. The results come through a list, since its events can be missed. */
export function bullmq(broker: Broker): Contender {
  let children: ChildProcess[] = [];
  let connections: Redis[] = [];
  let queue: Queue;
  let results: Redis;
  const connect = () => {
    const redis = new Redis(broker.port, { maxRetriesPerRequest: null });
    connections.push(redis);
    return redis;
  };
  /** Adds a job for each of `inputs`, and resolves with their results. */
  const done = async (inputs: readonly (readonly number[] | null)[]) => {
    await queue.addBulk(inputs.map((data, index) => ({ name: String(index), data })));
    const found: unknown[] = [];
    for (let missing = inputs.length; missing > 0; ) {
      const [, texts] = (await results.blmpop(0, 1, resultList, "LEFT", "COUNT", 1000)) ?? ["", []];
      for (const text of texts) {
        const [name, result] = JSON.parse(text) as [string, unknown];
        found[Number(name)] = result;
      }
      missing -= texts.length;
    }
    return found;
  };
  return {
    name: "BullMQ, a job for each task",
    async start() {
      connections = [];
      queue = new Queue("bench", { connection: connect() });
      results = connect();
      children = range(workers).map(() => spawn(process.execPath, [script, String(broker.port)]));
      await Promise.all(children.map((child) => once(child.stdout ?? child, "data")));
    },
    async stop() {
      for (const child of children) {
        const exit = once(child, "exit");
        child.stdin?.end();
        await exit;
      }
      await queue.close();
      for (const connection of connections) {
        connection.disconnect();
      }
    },
    async roundTrips(count) {
      for (let index = 0; index < count; index++) {
        await done([null]);
      }
    },
    inFlight: (count) => done(range(count).map(() => null)),
    async mapNumbers(count) {
      const numbers = range(count);
      const size = count / chunks;
      return (
        await done(range(chunks).map((index) => numbers.slice(index * size, (index + 1) * size)))
      ).flat();
    },
  };
}
