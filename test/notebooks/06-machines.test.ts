import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { noBroker } from "../helpers/broker.js";
import { executed } from "../helpers/executed-notebook.js";

describe("machines, with a broker", { skip: noBroker }, () => {
  const notebook = executed("06-machines.ipynb");

  test("two machines share eight tasks", () => {
    const counts = notebook.lines("machines-first").map((line) => /^(north|south): (\d) tasks$/.exec(line));
    assert.deepEqual(
      counts.map((found) => found?.[1]),
      ["north", "south"],
    );
    const [north = 0, south = 0] = counts.map((found) => Number(found?.[2]));
    assert.ok(north > 0 && south > 0 && north + south === 8, `${north} and ${south}`);
  });

  test("a trip over a wire takes longer", () => {
    const [here = [], there = []] = notebook
      .lines("machines-wire-run")
      .map((line) => [...line.matchAll(/([\d.]+) ms/g)].map(([, time]) => Number(time)));
    assert.equal(here.length, 2);
    here.forEach((time, index) => {
      assert.ok(time < (there[index] ?? 0), `${time} ms here, ${there[index]} ms there`);
    });
  });

  test("a machine that vanishes loses its tasks, and nothing runs twice", () => {
    const lines = notebook.lines("machines-vanish");
    assert.match(lines[0] ?? "", /^WorkerLostError: Worker PoolWorker-\d \(PID \d+ on south\)$/);
    assert.match(lines[1] ?? "", /^WorkerLostError: Worker PoolWorker-\d \(PID \d+ on south\)$/);
    assert.deepEqual(lines.slice(2), ["4 of 6 have a result", "Begun: 0 1 2 3 4 5"]);
    const table = notebook.text("machines-vanish");
    assert.equal([...table.matchAll(/ south +.* lost$/gm)].length, 2);
    assert.equal([...table.matchAll(/ north +.* succeeded$/gm)].length, 4);
    assert.match(notebook.picture("machines-vanish"), /<title>6 tasks on 4 workers of 2 machines in /);
  });

  test("with retries all have a result, and two have begun twice", () => {
    const [count, begun = ""] = notebook.lines("machines-retries");
    assert.equal(count, "6 of 6 have a result");
    const numbers = begun.replace("Begun: ", "").split(" ");
    assert.equal(numbers.length, 8);
    assert.deepEqual([...new Set(numbers)], ["0", "1", "2", "3", "4", "5"]);
  });

  test("a package that a machine lacks is named, with the machine", () => {
    assert.deepEqual(notebook.lines("machines-packages"), [
      "the agent north lacks the package acorn in its folder",
    ]);
  });
});

describe("machines, without a broker", () => {
  const path = process.env.PATH ?? "";

  const folder = mkdtempSync(join(tmpdir(), "poolbook-test-"));

  before(() => {
    for (const name of ["node", "setpriv", "ps"]) {
      const found = path.split(delimiter).find((one) => existsSync(join(one, name)));
      if (found !== undefined) {
        symlinkSync(join(found, name), join(folder, name));
      }
    }
    process.env.PATH = folder;
  });
  after(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  const notebook = executed("06-machines.ipynb");

  test("every cell that needs one says how to get it, and none fails", () => {
    for (const id of ["machines-first", "machines-vanish", "machines-retries", "machines-packages"]) {
      assert.match(notebook.lines(id)[0] ?? "", /^Nothing runs here, for there is no broker\. Install Redis/);
    }
    assert.match(notebook.lines("machines-wire-run")[0] ?? "", /^this computer: an empty call/);
  });
});
