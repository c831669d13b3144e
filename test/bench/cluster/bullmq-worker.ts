import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { resultList } from "./bullmq-results.js";

// A worker of the contender that makes each task a job: `node bullmq-worker.js PORT`. It ends with its standard input.

const connect = () => new Redis(Number(process.argv[2]), { maxRetriesPerRequest: null });
const results = connect();
const worker = new Worker<readonly number[] | null>(
  "bench",
  async ({ name, data }) => {
    const squares = data?.map((x) => x * x) ?? null;
    await results.rpush(resultList, JSON.stringify([name, squares]));
  },
  { connection: connect(), removeOnComplete: { count: 0 } },
);
await worker.waitUntilReady();
console.log("ready");
process.stdin.resume().on("end", () => process.exit());
