import { Pool } from "poolbook";
import type { Contender } from "./contender.js";
import { countPrimes, echo, mebibyte, medianOf, nap, noop, range, square, timed, workers } from "./tasks.js";

let pool: Pool;

export const poolbook: Contender = {
  name: "poolbook",
  async start() {
    pool = new Pool(workers);
    await bothAnswer();
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
  twoNaps: () => timed(() => Promise.all([pool.apply(nap, [1000]), pool.apply(nap, [1000])])),
  pids: () => pool.pids,
};

const inFlight = (count: number, call: (i: number) => Promise<number>) =>
  timed(() => Promise.all(range(count).map(call)));

const answer = () => new Promise<number>((resolve) => setTimeout(resolve, 2, process.pid));

/** The answers take a moment, so that one worker cannot give both while the other one starts. */
async function bothAnswer(): Promise<void> {
  const pids = new Set<number>();
  while (pids.size < workers) {
    const answers = range(workers).map(() => pool.apply(answer));
    for (const pid of await Promise.all(answers)) {
      pids.add(pid);
    }
  }
}
