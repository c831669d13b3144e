import type { Durations } from "./durations.js";
import type { Task } from "./task.js";
import type { TaskQueue } from "./task-queue.js";

/** Milliseconds of work that a worker may be given at once, in tasks of a known, shorter duration. */
const longestBatch = 1;
const mostTasks = 256;

/**
 * Takes the next task from the queue, and with it those of the same family of functions that follow, if they are so
 * short that the way to the worker would take longer than their work. Enough stays in the queue for the other workers.
 * One that hands something over goes alone, because it cannot be taken back.
 */
export function takeBatch(queue: TaskQueue, durations: Durations, workers: number, limit: number): Task[] {
  const first = queue.shift();
  if (!first) {
    return [];
  }
  const batch = [first];
  const { family } = first.definition;
  const share = Math.min(
    mostTasks,
    limit,
    Math.floor(longestBatch / durations.mean(family)),
    queue.size / workers,
  );
  if (first.isTransferred) {
    return batch;
  }
  for (let next = queue.peek(); next && batch.length < share; next = queue.peek()) {
    if (next.definition.family !== family || next.isTransferred) {
      break;
    }
    queue.shift();
    batch.push(next);
  }
  return batch;
}
