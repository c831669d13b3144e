import { Pool, type PoolOptions } from "poolbook";
import type { Broker } from "../../helpers/broker.js";
import { ClusterAgent, testKey } from "../../helpers/cluster-agent.js";
import { noop, range, square } from "../pool/tasks.js";
import { type Contender, chunks, workers } from "./contender.js";

export const local = contender("poolbook, local", async () => ({ processes: workers, cluster: false }));

/** Two agents of two workers each. */
export function leased(broker: Broker): Contender {
  process.env.POOLBOOK_CLUSTER_KEY = testKey;
  let agents: ClusterAgent[] = [];
  const start = async (): Promise<PoolOptions> => {
    agents = await Promise.all(
      ["web1", "web2"].map((name) =>
        ClusterAgent.start(broker.url, ["--processes", String(workers / 2), "--name", name]),
      ),
    );
    return { processes: workers, cluster: broker.url };
  };
  return contender("poolbook, cluster", start, async () => {
    await Promise.all(agents.map((agent) => agent.end()));
  });
}

function contender(
  name: string,
  options: () => Promise<PoolOptions>,
  after: () => Promise<void> = async () => {},
): Contender {
  let pool: Pool;
  return {
    name,
    async start() {
      pool = new Pool(await options());
      while (new Set(pool.tasks.map(({ worker }) => worker)).size < workers) {
        await Promise.all(range(workers).map(() => pool.apply(nap)));
      }
    },
    async stop() {
      await pool.terminate();
      await after();
    },
    async roundTrips(count) {
      for (let index = 0; index < count; index++) {
        await pool.apply(noop);
      }
    },
    inFlight: (count) => Promise.all(range(count).map(() => pool.applyAsync(noop).promise)),
    mapNumbers: (count) => pool.map(square, range(count), { chunksize: count / chunks }),
  };
}

const nap = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
