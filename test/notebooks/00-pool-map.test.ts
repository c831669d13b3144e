import assert from "node:assert/strict";
import { test } from "node:test";
import { executed } from "../helpers/executed-notebook.js";

const notebook = executed("00-pool-map.ipynb");

test("the set-up is found to be ready", () => {
  const lines = notebook.lines("map-setup");
  assert.equal(lines.length >= 4, true);
  for (const line of lines.slice(0, 3)) {
    assert.match(line, /^✓ /);
  }
});

test("the squares of 1 to 5000 sum to 41679167500", () => {
  assert.deepEqual(notebook.lines("map-squares"), ["The squares of 1 to 5000 sum to 41679167500"]);
});

test("results are in the order of the items, whichever ends first", () => {
  assert.deepEqual(notebook.lines("map-order"), [
    "Slept for 0.1 s",
    "Slept for 0.8 s",
    "Slept for 1.5 s",
    "Results: 1.5 s, 0.8 s, 0.1 s",
  ]);
});

test("20 items for 2 workers make 7 chunks, and as many as chunksize says", () => {
  assert.deepEqual(notebook.lines("map-chunks"), [
    "chunksize not given: 7 tasks",
    "chunksize 1: 20 tasks",
    "chunksize 10: 2 tasks",
  ]);
});

test("starmap spreads arguments", () => assert.deepEqual(notebook.lines("map-starmap"), ["[ 7, 9, 11 ]"]));

test("the words are counted by map and reduce", () => {
  assert.deepEqual(notebook.lines("map-words"), [" 13  the", "  6  and", "  5  it"]);
});
