import { Pool, type PoolOptions, transfer } from "poolbook";
import type { Contender } from "./contender.js";
import {
  answer,
  bothAnswer,
  countPrimes,
  echo,
  mebibyte,
  medianOf,
  nap,
  noop,
  range,
  square,
  timed,
  workers,
} from "./tasks.js";

export const poolbook = contender("poolbook", { processes: workers });
export const poolbookThreads = contender("poolbook (threads)", {
  processes: workers,
  workerType: "thread",
});

function contender(name: string, options: PoolOptions): Contender {
  let pool: Pool;
  return {
    name,
    async start() {
      pool = new Pool(options);
      await bothAnswer(() => pool.apply(answer));
    },
    stop: () => pool.terminate(),
    roundTrip: (count) => medianOf(count, () => pool.apply(noop)),
    inFlight: (count) => timed(() => Promise.all(range(count).map(() => pool.applyAsync(noop).promise))),
    inFlightInline: (count) => inFlight(count, (i) => pool.apply((x) => x + 1, [i])),
    inFlightCapturing: (count) => inFlight(count, (i) => pool.apply(() => i + 1)),
    mapNumbers(count) {
      const numbers = range(count);
      return timed(() => pool.map(square, numbers));
    },
    mapFloats(count) {
      const floats = Float64Array.from(range(count));
      return timed(() => pool.map(square, floats));
    },
    mapPrimes: (count, limit) => timed(() => pool.map(countPrimes, new Array<number>(count).fill(limit))),
    echoBytes(count) {
      const bytes = new Uint8Array(mebibyte);
      return medianOf(count, () => pool.apply(echo<Uint8Array>, [bytes]));
    },
    handBytesOver(count) {
      let bytes = new Uint8Array(mebibyte);
      return medianOf(count, async () => {
        bytes = await pool.apply(handBack, [transfer(bytes, [bytes.buffer])]);
      });
    },
    twoNaps: () => timed(() => Promise.all([pool.apply(nap, [1000]), pool.apply(nap, [1000])])),
    pids: () => pool.pids,
  };
}

const handBack = (bytes: Uint8Array<ArrayBuffer>) => transfer(bytes, [bytes.buffer]);

const inFlight = (count: number, call: (i: number) => Promise<number>) =>
  timed(() => Promise.all(range(count).map(call)));
