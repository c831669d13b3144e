import assert from "node:assert/strict";
import { test } from "node:test";
import { executed } from "../helpers/executed-notebook.js";

const notebook = executed("07-speed.ipynb");

const numbersIn = (text: string) => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(Number);

test("a worker costs much more than a task", () => {
  const [pool, task] = notebook.lines("speed-trip").map((line) => Number(/([\d.]+) ms$/.exec(line)?.[1]));
  assert.ok(pool !== undefined && task !== undefined && pool > 10 * task, `${pool} ms, ${task} ms`);
});

test("for small items the loop is faster than the pool", () => {
  const [small = "", large = ""] = notebook.lines("speed-pays");
  const [count, loop = 0, pool = 0] = numbersIn(small);
  assert.equal(count, 2000);
  assert.ok(loop < pool, small);
  assert.match(large, /^12 large items: loop \d+ ms, pool \d+ ms$/);
});

test("chunks of 25 are faster than single items", () => {
  const times = notebook.lines("speed-chunks").map((line) => numbersIn(line));
  assert.deepEqual(
    times.map(([chunksize]) => chunksize),
    [1, 5, 25, 250, 1000],
  );
  assert.ok((times[0]?.[1] ?? 0) > (times[2]?.[1] ?? 0), JSON.stringify(times));
});

test("of two uneven chunks the second takes longer", () => {
  const rows = notebook.text("speed-uneven").split("\n").slice(1, 3);
  const [first, second] = rows.map((row) => {
    const [started = 0, ended = 0] = numbersIn(row).slice(-2);
    return ended - started;
  });
  assert.ok((second ?? 0) > (first ?? 0), rows.join("\n"));
  assert.match(notebook.picture("speed-uneven"), /<title>2 tasks on 2 workers in /);
});

test("the program takes 1, 0.6, 0.4 and 0.3 seconds, and no less", () => {
  const least = [1, 0.6, 0.4, 0.3];
  const times = notebook.lines("speed-amdahl").map((line) => Number(/: ([\d.]+) s$/.exec(line)?.[1]));
  assert.equal(times.length, least.length);
  times.forEach((time, index) => {
    assert.ok(time >= (least[index] ?? 0) && time < (least[index] ?? 0) + 0.9, JSON.stringify(times));
  });
});

test("the law is drawn from the measurements", () => {
  const lines = notebook.lines("speed-law");
  const percent = Number(/^Your measurements say: (\d+) % of it is serial$/.exec(lines[0] ?? "")?.[1]);
  assert.match(lines[1] ?? "", /^ {2}1 {2}████ 1\.0, measured 1\.0$/);
  const last = Number(/([\d.]+)$/.exec(lines.at(-1) ?? "")?.[1]);
  const law = (serial: number) => 1 / (serial + (1 - serial) / 100);
  const [least, most] = [law((percent + 0.5) / 100), law(Math.max(0, percent - 0.5) / 100)];
  assert.ok(last > least - 0.1 && last < most + 0.1, lines.join("\n"));
});

test("to add up is faster than to send", () => {
  const [here = 0, there = 0] = numbersIn(notebook.lines("speed-data")[0] ?? "");
  assert.ok(here < there, `${here} ms, ${there} ms`);
});

test("to share and to transfer is faster than to copy, and what is transferred is gone", () => {
  const lines = notebook.lines("speed-send");
  const [copied = 0, shared = 0, transferred = 0] = numbersIn(lines[0] ?? "");
  assert.ok(shared < copied && transferred < copied, lines.join("\n"));
  assert.equal(lines[1], "The transferred array now has 0 numbers here");
});
