import { BenchClient } from "./bench-client.js";
import type { Participant } from "./participants.js";

/** Milliseconds, unless the name says otherwise. */
export interface Figures {
  ready: number;
  firstResult: number;
  trivialCell: number;
  declaringCell: number;
  cell50: number;
  cell500: number;
  loop: number;
  linesASecond: number;
  /** Bytes, after the first cells. */
  memory: number;
  /** Bytes, after all cells. */
  memoryLater: number;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** One kernel, from its start to its end. */
export async function measure(participant: Participant): Promise<Figures> {
  const client = await BenchClient.start(participant);
  try {
    await client.request("kernel_info_request", {});
    const ready = performance.now() - client.started;
    await client.execute("1 + 1");
    const firstResult = performance.now() - client.started;
    await repeat(20, (i) => client.execute(`${i} - 1`));
    const trivialCell = median(await repeat(50, (i) => client.execute(`${i} + 1`)));
    const memory = await client.memory();
    const declaring = await repeat(510, (i) => client.execute(`const v_${i} = ${i};`));
    const cells = (from: number, to: number) => median(declaring.slice(from, to));
    const memoryLater = await client.memory();
    const loop = await measureLoop(client);
    const linesASecond = await client.linesASecond(
      'for (let i = 0; i < 100_000; i++) console.log("line " + i);',
    );
    return {
      ready,
      firstResult,
      trivialCell,
      declaringCell: cells(20, 80),
      cell50: cells(40, 60),
      cell500: cells(490, 510),
      loop,
      linesASecond,
      memory,
      memoryLater,
    };
  } finally {
    await client.stop();
  }
}

/** The additions alone, without what a cell costs; the better of two. */
async function measureLoop(client: BenchClient): Promise<number> {
  const empty = "let warmUp = 0; for (let i = 0; i < 20; i++) warmUp += i;";
  const full = "let s = 0; for (let i = 0; i < 2e7; i++) s += i;";
  const best = async (code: string) => Math.min(...(await repeat(2, () => client.execute(code))));
  return (await best(full)) - (await best(empty));
}

async function repeat(count: number, run: (index: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    times.push(await run(index));
  }
  return times;
}
