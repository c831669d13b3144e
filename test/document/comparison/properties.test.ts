import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareNotebooks } from "#dist/document/comparison/compare-notebooks.js";
import { arbitraryNotebook } from "../../helpers/arbitrary-notebook.js";
import { notebookOf, stdout } from "../../helpers/notebook-value.js";

type Step = [worker: number, word: string];

function differs(stored: string, fresh: string, tags: string[] = []): boolean {
  const cell = { metadata: { tags } };
  return (
    compareNotebooks(notebookOf([[stdout(stored)]], cell), notebookOf([[stdout(fresh)]], cell)).length > 0
  );
}

function print(steps: Step[], pids: number[]): string {
  return steps.map(([worker, word]) => `Worker ${pids[worker]} ${word}\n`).join("");
}

const workers = 4;
const pids = fc.uniqueArray(fc.integer({ min: 10, max: 9_999_999 }), {
  minLength: workers,
  maxLength: workers,
});
const word = fc.constantFrom("sleeps", "wakes", "adds 7", "is done");
const steps: fc.Arbitrary<Step[]> = fc.array(fc.tuple(fc.nat(workers - 1), word), { maxLength: 12 });

test("a notebook never differs from itself", () => {
  fc.assert(
    fc.property(arbitraryNotebook, (notebook) => {
      assert.deepEqual(compareNotebooks(notebook, structuredClone(notebook)), []);
    }),
    { numRuns: 300 },
  );
});

test("a notebook never differs from itself, though its cells have no ids, or have one twice", () => {
  const ids = fc.array(fc.option(fc.constantFrom("a", "b"), { nil: undefined }), {
    minLength: 5,
    maxLength: 5,
  });
  fc.assert(
    fc.property(arbitraryNotebook, ids, (notebook, ids) => {
      const cells = notebook.cells.map((cell, index) => ({ ...cell, id: ids[index] }));
      assert.deepEqual(compareNotebooks({ ...notebook, cells }, structuredClone({ ...notebook, cells })), []);
    }),
  );
});

test("renaming process IDs consistently changes nothing, in any order mode", () => {
  fc.assert(
    fc.property(
      steps,
      pids,
      pids,
      fc.constantFrom<string[]>([], ["check-unordered"], ["check-interleaved"]),
      (steps, a, b, tags) => {
        assert.ok(!differs(print(steps, a), print(steps, b), tags));
      },
    ),
    { numRuns: 300 },
  );
});

test("swapping two process IDs that both appear elsewhere, in one line only, is a difference", () => {
  fc.assert(
    fc.property(steps, pids, fc.nat(), fc.nat(), (steps, pids, position, shift) => {
      const [first, second] = [position % workers, (position + 1 + (shift % (workers - 1))) % workers];
      const meeting = (a: number, b: number): string => `Worker ${pids[a]} wakes worker ${pids[b]}\n`;
      const all = print([[first, "starts"], [second, "starts too"], ...steps], pids);
      assert.ok(differs(all + meeting(first, second), all + meeting(second, first)));
      for (const tag of ["check-unordered", "check-interleaved"]) {
        assert.ok(differs(all + meeting(first, second), all + meeting(second, first), [tag]), tag);
      }
    }),
    { numRuns: 300 },
  );
});

test("check-unordered passes for every permutation of the lines", () => {
  const permuted = steps.chain((steps) =>
    fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length })),
  );
  fc.assert(
    fc.property(permuted, pids, pids, ([steps, permutation], a, b) => {
      assert.ok(!differs(print(steps, a), print(permutation, b), ["check-unordered"]));
    }),
    { numRuns: 300 },
  );
});

test("check-interleaved passes for every interleaving that keeps each worker's own order", () => {
  const interleaved = steps.chain((steps) =>
    fc.tuple(fc.constant(steps), fc.array(fc.nat(), { minLength: steps.length, maxLength: steps.length })),
  );
  fc.assert(
    fc.property(interleaved, pids, pids, ([steps, choices], a, b) => {
      assert.ok(!differs(print(steps, a), print(interleave(steps, choices), b), ["check-interleaved"]));
    }),
    { numRuns: 300 },
  );
});

test("check-interleaved fails for every reordering within a worker", () => {
  fc.assert(
    fc.property(steps, pids, fc.nat(workers - 1), fc.nat(), (steps, pids, worker, where) => {
      const own = steps.map(([, word], index): Step => [worker, `${word} as step ${index}`]);
      fc.pre(own.length >= 2);
      const position = where % (own.length - 1);
      const swapped = own.with(position, own[position + 1] as Step).with(position + 1, own[position] as Step);
      const others: Step[] = [[(worker + 1) % workers, "sleeps"]];
      assert.ok(
        differs(print([...own, ...others], pids), print([...others, ...swapped], pids), [
          "check-interleaved",
        ]),
      );
    }),
    { numRuns: 300 },
  );
});

/** The steps in another order: each choice picks a worker that has a step left, and takes its next one. */
function interleave(steps: Step[], choices: number[]): Step[] {
  const queues = Array.from({ length: workers }, (_, worker) => steps.filter(([each]) => each === worker));
  return choices.map((choice) => {
    const waiting = queues.filter((queue) => queue.length > 0);
    return waiting[choice % waiting.length]?.shift() as Step;
  });
}
