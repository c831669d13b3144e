import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CancelledError } from "poolbook";
import { definitionOf } from "#dist/pool/functions/definition.js";
import { Scheduler } from "#dist/pool/workers/scheduler.js";
import type { Slot, SlotBatch, SlotListener } from "#dist/pool/workers/slot.js";
import { Task } from "#dist/pool/workers/task.js";
import { TaskLog } from "#dist/pool/workers/task-log.js";

/** A slot far away: it answers when the test says so. */
class FarSlot implements Slot {
  readonly name: string;
  readonly pid = 0;
  readonly host = undefined;
  readonly started = Promise.resolve({ thrown: undefined });
  readonly gone: Promise<void>;
  readonly listener: SlotListener;
  readonly batches: SlotBatch[] = [];
  revocations = 0;
  isKilled = false;
  #end!: () => void;

  constructor(name: string, listener: SlotListener) {
    this.name = name;
    this.listener = listener;
    this.gone = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  run(batch: SlotBatch): void {
    this.batches.push(batch);
  }

  revoke(): void {
    this.revocations++;
  }

  abort(): void {}

  withdraw(): void {}

  close(): void {}

  kill(): void {
    this.isKilled = true;
    const firstTicket = this.batches.at(-1)?.firstTicket ?? 1;
    this.listener.onExit();
    const end = { exitCode: null, signal: "SIGKILL", firstTicket, lastBegun: 0, results: [] } as const;
    this.listener.onGone(end);
    this.#end();
  }

  /** Ends the batch that runs. */
  finish(): void {
    const results = (this.batches.at(-1)?.tasks ?? []).map(({ number }) => {
      return { number, started: 0, ended: 0.001, values: [number] };
    });
    this.listener.onDone(results);
  }

  /** Answers the revocation of the latest batch: of its tasks, as many were begun. */
  answer(begun: number): void {
    const firstTicket = this.batches.at(-1)?.firstTicket ?? 1;
    this.listener.onStanding({ firstTicket, lastBegun: firstTicket + begun - 1, results: [] });
  }
}

const definition = definitionOf((x: number) => x, "process");
let lastNumber = 0;

function makeTask(log: TaskLog): { readonly task: Task; readonly outcome: () => unknown } {
  let outcome: unknown;
  const values = [1];
  const task = new Task({ number: ++lastNumber, definition, kind: "apply", values }, log, {
    succeed: (result) => {
      outcome = result[0];
    },
    fail: (error) => {
      outcome = error;
    },
  });
  return { task, outcome: () => outcome };
}

/** A pool of one worker, which has a batch of three tasks that are known to be short; one more is in the queue. */
async function withBatchOfThree() {
  const slots: FarSlot[] = [];
  const makeSlot = (name: string, listener: SlotListener) => {
    const slot = new FarSlot(name, listener);
    slots.push(slot);
    return slot;
  };
  const log = new TaskLog(undefined);
  const options = {
    processes: 1,
    workerType: "process" as const,
    maxTasksPerChild: Number.POSITIVE_INFINITY,
    initializer: undefined,
    initargs: [],
    onTask: undefined,
    cluster: undefined,
    retries: 0,
  };
  const scheduler = new Scheduler(options, makeSlot, () => {});
  const [slot] = slots;
  assert.ok(slot);
  await slot.started;
  const first = makeTask(log);
  scheduler.submit(first.task);
  await new Promise(setImmediate);
  const tasks = Array.from({ length: 4 }, () => makeTask(log));
  for (const { task } of tasks) {
    scheduler.submit(task);
  }
  slot.finish();
  assert.deepEqual(
    slot.batches.map((batch) => batch.tasks.length),
    [1, 3],
  );
  const [one, two, three, last] = tasks;
  assert.ok(one && two && three && last);
  return { slots, slot, scheduler, one, two, three, last };
}

const error = new CancelledError("Task was cancelled");

describe("a slot that answers later", () => {
  test("cancel() of the running task kills its worker when the answer comes, and the others run elsewhere", async () => {
    const { slots, slot, scheduler, one, two, three } = await withBatchOfThree();
    scheduler.cancel(one.task, error);
    assert.equal(one.outcome(), error);
    assert.equal(slot.isKilled, false);
    slot.answer(1);
    assert.equal(slot.isKilled, true);
    const [, next] = slots;
    assert.ok(next);
    await new Promise(setImmediate);
    while (two.outcome() === undefined || three.outcome() === undefined) {
      next.finish();
    }
    assert.deepEqual([two.outcome(), three.outcome()], [two.task.number, three.task.number]);
  });

  test("cancel() of a task that was not begun kills nobody", async () => {
    const { slot, scheduler, one, three } = await withBatchOfThree();
    scheduler.cancel(three.task, error);
    slot.answer(1);
    assert.equal(slot.isKilled, false);
    assert.equal(one.outcome(), undefined);
    assert.equal(one.task.isOver, false);
  });

  test("drop() of a task that was not begun cancels it when the answer comes, and of a running one does nothing", async () => {
    const { slot, scheduler, one, two } = await withBatchOfThree();
    scheduler.drop(one.task, error);
    scheduler.drop(two.task, error);
    assert.equal(two.outcome(), undefined);
    slot.answer(1);
    assert.equal(two.outcome(), error);
    assert.equal(one.outcome(), undefined);
    assert.equal(slot.isKilled, false);
  });

  test("an answer for a batch that is over is no answer for the next one", async () => {
    const { slot, scheduler, one, three, last } = await withBatchOfThree();
    scheduler.drop(three.task, error);
    const late = { firstTicket: slot.batches[1]?.firstTicket ?? 0, lastBegun: 0, results: [] };
    slot.finish();
    assert.equal(one.outcome(), one.task.number);
    slot.listener.onStanding(late);
    assert.equal(slot.batches.length, 3);
    slot.finish();
    assert.equal(last.outcome(), last.task.number);
  });

  for (const isAnswered of [true, false]) {
    const answered = isAnswered ? "with an answer" : "by its end alone";
    test(`a batch of which nothing was begun comes back later each time, until one is begun in time: ${answered}`, async (context) => {
      context.mock.timers.enable({ apis: ["setTimeout"] });
      const { slot } = await withBatchOfThree();
      const waits: number[] = [];
      for (const begun of [0, 0, 1, 0, 0]) {
        const { revocations } = slot;
        let waited = 0;
        while (slot.revocations === revocations) {
          context.mock.timers.tick(1);
          await new Promise(setImmediate);
          waited++;
        }
        waits.push(waited);
        if (isAnswered) {
          slot.answer(begun);
        }
        const tasks = slot.batches.at(-1)?.tasks.slice(0, begun) ?? [];
        slot.listener.onDone(tasks.map(({ number }) => ({ number, started: 0, ended: 0, values: [number] })));
      }
      const [patience = 0] = waits;
      assert.deepEqual(
        waits.map((wait) => wait / patience),
        [1, 2, 4, 1, 2],
      );
    });
  }

  test("results that overtake the message with those before them wait for it", async () => {
    const { slot, scheduler, one, two, three } = await withBatchOfThree();
    const resultOf = ({ task: { number } }: typeof one) => ({
      number,
      started: 0,
      ended: 0,
      values: [number],
    });
    const { firstTicket = 0 } = slot.batches[1] ?? {};
    scheduler.drop(three.task, error);
    slot.listener.onStanding({ firstTicket, lastBegun: firstTicket + 2, results: [resultOf(two)] });
    assert.equal(two.outcome(), undefined);
    slot.listener.onResults([resultOf(one)]);
    assert.deepEqual([one.outcome(), two.outcome()], [one.task.number, two.task.number]);
    assert.equal(three.task.isOver, false);
  });
});
