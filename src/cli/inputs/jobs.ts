/** Something to be done when it is its turn; one that is `isSerial` is done while nothing else is. */
export interface Job {
  isSerial: boolean;
  /** Does it; `turn` resolves when it may do what costs, so that what comes before hides behind others' work. */
  run(turn: () => Promise<void>): Promise<void>;
}

/**
 * Does all jobs in the order given, `limit` of them at a time, and one more up to its turn; each is prepared just before. One at a
 * time means one behind the other: what a job finds is the work of those before it.
 */
export async function doJobs(jobs: (() => Promise<Job>)[], limit: number): Promise<void> {
  const turns = new Semaphore(limit);
  const inFlight = new Semaphore(limit + 1);
  const running = new Set<Promise<void>>();
  let before = Promise.resolve();
  for (const prepare of jobs) {
    await inFlight.acquire();
    const job = await prepare();
    if (job.isSerial) {
      await Promise.all(running);
    }
    const done = doJob(job, turns, before).finally(() => {
      inFlight.release();
      running.delete(done);
    });
    running.add(done);
    if (limit === 1) {
      before = done;
    }
    if (job.isSerial) {
      await done;
    }
  }
  await Promise.all(running);
}

async function doJob(job: Job, turns: Semaphore, before: Promise<void>): Promise<void> {
  let hasTurn = false;
  try {
    await job.run(async () => {
      await before;
      await turns.acquire();
      hasTurn = true;
    });
  } finally {
    if (hasTurn) {
      turns.release();
    }
  }
}

class Semaphore {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  acquire(): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#free++;
    }
  }
}
