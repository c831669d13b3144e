import assert from "node:assert/strict";
import path from "node:path";
import { describe, test } from "node:test";
import { readChapter, sourceOf } from "#dist/courseware/chapter.js";
import { isCodeCell, joinLines } from "#dist/document/notebook.js";
import { notebooks } from "../helpers/executed-notebook.js";

// The times that the notebooks have stored stand beside sentences about them. Readers on the web see both.

interface StoredTime {
  readonly chapter: string;
  /** The cell with the stored output, and the number in it. */
  readonly cell: string;
  readonly output: RegExp;
  /** The cell with the sentence, and the sentence. */
  readonly text: string;
  readonly says: string;
  /** The numbers that agree with the sentence. */
  readonly from: number;
  readonly to: number;
}

const seconds = (chapter: string, cell: string, output: RegExp) => ({ chapter, cell, output });

const times: StoredTime[] = [
  {
    ...seconds("01-apply", "apply-holds", /^([\d.]+) s: the line before/m),
    text: "apply-beats-text",
    says: "After two",
    from: 0,
    to: 0.1,
  },
  {
    ...seconds("01-apply", "apply-holds", /^([\d.]+) s: the line behind/m),
    text: "apply-beats-text",
    says: "After two",
    from: 2,
    to: 2.2,
  },
  {
    ...seconds("01-apply", "apply-heartbeat", /counted (\d+) beats/),
    text: "apply-heartbeat-answer",
    says: "About ten",
    from: 9,
    to: 11,
  },
  {
    ...seconds("02-apply-async", "async-problem", /Both took ([\d.]+) s/),
    text: "async-problem-answer",
    says: "Two seconds",
    from: 2,
    to: 2.2,
  },
  {
    ...seconds("02-apply-async", "async-run", /Both took ([\d.]+) s/),
    text: "async-run-answer",
    says: "About one second",
    from: 1,
    to: 1.2,
  },
  {
    ...seconds("07-speed", "speed-trip", /One empty task: ([\d.]+) ms/),
    text: "speed-trip-answer",
    says: "a fraction of a millisecond",
    from: 0.01,
    to: 0.9,
  },
  ...[1, 0.6, 0.4, 0.3].map((time, index) => ({
    ...seconds("07-speed", "speed-amdahl", new RegExp(`^${2 ** index} workers: ([\\d.]+) s`, "m")),
    text: "speed-law-text",
    says: "1.0, 0.6, 0.4 and 0.3 seconds",
    from: time,
    to: time + 0.05,
  })),
  {
    ...seconds("07-speed", "speed-law", /Your measurements say: (\d+) %/),
    text: "speed-law-answer",
    says: "A fifth of the work is serial",
    from: 17,
    to: 23,
  },
  {
    ...seconds("07-speed", "speed-law", /^100 .* ([\d.]+)$/m),
    text: "speed-law-answer",
    says: "Not to five",
    from: 4,
    to: 5.6,
  },
];

/** Two stored numbers whose relation a sentence tells. */
const relations = [
  {
    chapter: "03-futures",
    less: ["futures-async-pool", /in ([\d.]+) s/],
    more: ["futures-async-alone", /in ([\d.]+) s/],
    text: "futures-async-pool-answer",
    says: "about half the time",
    from: 1.6,
    to: 2.4,
  },
  {
    chapter: "06-machines",
    less: ["machines-wire-run", /this computer: an empty call ([\d.]+) ms/],
    more: ["machines-wire-run", /cluster: an empty call ([\d.]+) ms/],
    text: "machines-wire-answer",
    says: "Several times longer",
    from: 2,
    to: 12,
  },
  {
    chapter: "06-machines",
    less: ["machines-wire-run", /computer: .* megabyte ([\d.]+) ms/],
    more: ["machines-wire-run", /cluster: .* megabyte ([\d.]+) ms/],
    text: "machines-wire-answer",
    says: "Several times longer",
    from: 2,
    to: 12,
  },
  {
    chapter: "07-speed",
    less: ["speed-pays", /small items: loop (\d+) ms/],
    more: ["speed-pays", /small items: .* pool (\d+) ms/],
    text: "speed-pays-answer",
    says: "the loop wins, by far",
    from: 5,
    to: Number.POSITIVE_INFINITY,
  },
  {
    chapter: "07-speed",
    less: ["speed-pays", /large items: .* pool (\d+) ms/],
    more: ["speed-pays", /large items: loop (\d+) ms/],
    text: "speed-pays-answer",
    says: "little more than half the time",
    from: 1.5,
    to: 2.2,
  },
  {
    chapter: "07-speed",
    less: ["speed-trip", /One empty task: ([\d.]+) ms/],
    more: ["speed-trip", /ended: (\d+) ms/],
    text: "speed-trip-answer",
    says: "as much as hundreds of tasks",
    from: 200,
    to: 3000,
  },
  {
    chapter: "07-speed",
    less: ["speed-chunks", /^ +25 +(\d+) ms/m],
    more: ["speed-chunks", /^ +1 +(\d+) ms/m],
    text: "speed-chunks-answer",
    says: "every step helps very much",
    from: 4,
    to: 100,
  },
  {
    chapter: "07-speed",
    less: ["speed-data", /here (\d+) ms/],
    more: ["speed-data", /worker (\d+) ms/],
    text: "speed-data-answer",
    says: "Here it is much faster",
    from: 2,
    to: 1000,
  },
  {
    chapter: "07-speed",
    less: ["speed-send", /shared ([\d.]+) ms/],
    more: ["speed-send", /copied ([\d.]+) ms/],
    text: "speed-send-answer",
    says: "next to none",
    from: 10,
    to: 100_000,
  },
  {
    chapter: "08-trouble",
    less: ["trouble-cured", /addOne: .*\n +(\d+) ns/],
    more: ["trouble-cured", /withLock: .*\n +(\d+) ns/],
    text: "trouble-cured-answer",
    says: "The lock is slower by far",
    from: 3,
    to: 1000,
  },
] as const;

const chapters = new Map<string, ReturnType<typeof readChapter>>();

function cellOf(chapter: string, id: string) {
  const read = chapters.get(chapter) ?? readChapter(path.join(notebooks, `${chapter}.ipynb`));
  chapters.set(chapter, read);
  const cell = read.notebook.cells.find((cell) => cell.id === id);
  assert.ok(cell, `${chapter} has no cell ${id}`);
  return cell;
}

function stored(chapter: string, id: string, pattern: RegExp): number {
  const cell = cellOf(chapter, id);
  assert.ok(isCodeCell(cell));
  const text = cell.outputs
    .map((output) => (output.output_type === "stream" ? joinLines(output.text) : ""))
    .join("");
  const number = Number(pattern.exec(text)?.[1]);
  assert.ok(Number.isFinite(number), `${id} has stored no ${pattern}: ${text}`);
  return number;
}

describe("stored outputs", () => {
  for (const { chapter, cell, output, text, says, from, to } of times) {
    test(`${cell} agrees with "${says}"`, () => {
      assert.ok(sourceOf(cellOf(chapter, text)).includes(says), `${text} does not say so`);
      const time = stored(chapter, cell, output);
      assert.ok(time >= from && time <= to, `${time} is not within ${from} and ${to}`);
    });
  }

  for (const { chapter, less, more, text, says, from, to } of relations) {
    test(`${more[0]} agrees with "${says}"`, () => {
      assert.ok(sourceOf(cellOf(chapter, text)).includes(says), `${text} does not say so`);
      const ratio = stored(chapter, more[0], more[1]) / stored(chapter, less[0], less[1]);
      assert.ok(ratio >= from && ratio <= to, `the ratio ${ratio} is not within ${from} and ${to}`);
    });
  }

  test("are there for every cell that prints, and for no exercise's answer", () => {
    for (const name of [
      "00-pool-map",
      "01-apply",
      "02-apply-async",
      "03-futures",
      "04-exercise",
      "05-queue",
      "06-machines",
      "07-speed",
      "08-trouble",
    ]) {
      cellOf(name, readChapter(path.join(notebooks, `${name}.ipynb`)).notebook.cells[0]?.id ?? "");
      for (const cell of chapters.get(name)?.notebook.cells.filter(isCodeCell) ?? []) {
        const prints = /^(await check\.|score\(|timeline\(|console\.log\()/m.test(sourceOf(cell));
        assert.ok(!prints || cell.outputs.length > 0, `${name}: ${cell.id} has stored nothing`);
      }
    }
  });
});
