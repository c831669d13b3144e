import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { Pool } from "poolbook";

const mebibyte = 2 ** 20;

test("arrays that have arrived, and are used no more, hold the memory of a few only", async () => {
  const pool = new Pool(1);
  const echo = (bytes: Uint8Array) => bytes;
  const bytes = new Uint8Array(mebibyte);
  for (let trip = 0; trip < 8; trip++) {
    await pool.apply(echo, [bytes]);
  }
  const before = process.memoryUsage().arrayBuffers;
  const held: number[] = [];
  for (let trip = 0; trip < 60; trip++) {
    const { length } = await pool.apply(echo, [bytes]);
    held.push(process.memoryUsage().arrayBuffers - before + length);
  }
  await pool.terminate();
  assert.ok(Math.max(...held) < 20 * mebibyte, `at most ${Math.max(...held) / mebibyte} MiB`);
  assert.equal(runInNewContext("typeof gc"), "undefined");
});

test("arrays that are kept stay as they are", async () => {
  const pool = new Pool(2);
  const filled = (byte: number) => new Uint8Array(2 ** 20).fill(byte);
  const arrays = await pool.map(
    filled,
    Array.from({ length: 40 }, (_, index) => index),
  );
  await pool.terminate();
  assert.ok(arrays.every((array, index) => array.every((byte) => byte === index)));
});
