import { median } from "../targets.js";
import { BenchClient } from "./bench-client.js";
import type { Participant } from "./participants.js";

/** Milliseconds, unless the name says otherwise. */
export interface Figures {
  ready: number;
  firstResult: number;
  trivialCell: number;
  /** The same two where the first cell imports a module of Node's. */
  firstResultOfImport: number;
  trivialCellAfterImport: number;
  /** Where the first cell imports this package; not of Deno's kernel, which finds no such package. */
  firstResultOfPoolbook: number;
  declaringCell: number;
  cell50: number;
  cell500: number;
  loop: number;
  linesASecond: number;
  /** Bytes, after the first cells. */
  memory: number;
  /** Bytes, after 200 cells. */
  memoryLater: number;
  /** The same, when nobody has asked for anything since then. */
  memoryIdle: number;
}

/** Milliseconds after which a kernel has done what it does while it is idle. */
const idleTime = 8000;

/** One kernel, from its start to its end. */
export async function measure(participant: Participant): Promise<Figures> {
  const afterImport = await measureFirst(participant, 'import { existsSync } from "fs"; existsSync("x")');
  const poolbook = participant.findsNoPackages
    ? undefined
    : await measureFirst(participant, 'import { Pool } from "poolbook"; typeof Pool');
  const client = await BenchClient.start(participant);
  try {
    await client.request("kernel_info_request", {});
    const ready = performance.now() - client.started;
    await client.execute("1 + 1");
    const firstResult = performance.now() - client.started;
    const trivialCell = await measureTrivialCell(client);
    const memory = await client.memory();
    const declare = (i: number) => client.execute(`const v_${i} = ${i};`);
    const declaring = await repeat(129, declare);
    const memoryLater = await client.memory();
    await new Promise((resolve) => setTimeout(resolve, idleTime));
    const memoryIdle = await client.memory();
    if (!participant.losesReplies) {
      declaring.push(...(await repeat(381, (i) => declare(i + 129))));
    }
    const cells = (from: number, to: number) => median(declaring.slice(from, to));
    const loop = await measureLoop(client);
    const linesASecond = await client.linesASecond(
      'for (let i = 0; i < 100_000; i++) console.log("line " + i);',
    );
    return {
      ready,
      firstResult,
      trivialCell,
      firstResultOfImport: afterImport.result,
      trivialCellAfterImport: afterImport.trivialCell,
      firstResultOfPoolbook: poolbook?.result ?? Number.NaN,
      declaringCell: cells(20, 80),
      cell50: cells(40, 60),
      cell500: cells(490, 510),
      loop,
      linesASecond,
      memory,
      memoryLater,
      memoryIdle,
    };
  } finally {
    await client.stop();
  }
}

async function measureFirst(participant: Participant, code: string) {
  const client = await BenchClient.start(participant);
  try {
    await client.execute(code);
    const result = performance.now() - client.started;
    return { result, trivialCell: await measureTrivialCell(client) };
  } finally {
    await client.stop();
  }
}

async function measureTrivialCell(client: BenchClient): Promise<number> {
  await repeat(20, (i) => client.execute(`${i} - 1`));
  return median(await repeat(50, (i) => client.execute(`${i} + 1`)));
}

/** The additions alone, by the kernel's own clock; the best of five, or of what five seconds allow. */
async function measureLoop(client: BenchClient): Promise<number> {
  const code = `
    import { writeFileSync } from "fs";
    const start = performance.now();
    let s = 0;
    for (let i = 0; i < 2e7; i++) s += i;
    const end = performance.now();
    writeFileSync("loop", String(end - start));`;
  const begin = performance.now();
  const times: number[] = [];
  while (times.length < 5 && performance.now() - begin < 5000) {
    await client.execute(code);
    times.push(Number(await client.readFile("loop")));
  }
  return Math.min(...times);
}

async function repeat(count: number, run: (index: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    times.push(await run(index));
  }
  return times;
}
