import { execFileSync } from "node:child_process";
import { linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import fc from "fast-check";

/** Bytes at random, and notebooks of which a part was replaced or is missing. */
export const arbitraryBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .nat(60)
    .map((length) =>
      Buffer.from('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}').subarray(0, length),
    ),
);

/** Each kind of thing that a path to be written may stand for. */
export const targets: Record<string, (target: string) => void> = {
  "no file yet": () => {},
  "a file": (target) => writeFileSync(target, "old"),
  "a file with two names": (target) => {
    writeFileSync(`${target}.old`, "old");
    linkSync(`${target}.old`, target);
  },
  "a folder": (target) => mkdirSync(target),
  "a FIFO": (target) => execFileSync("mkfifo", [target]),
  "a link": (target) => {
    writeFileSync(`${target}.old`, "old");
    symlinkSync(`${target}.old`, target);
  },
  "a link to a device": (target) => symlinkSync("/dev/null", target),
  "a link to nothing": (target) => symlinkSync("nowhere", target),
  "a link to itself": (target) => symlinkSync(target, target),
};

/** All that must stay when nothing may be written. */
export function stateOf(target: string): unknown {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  const isReadable =
    stats?.isFile() || (stats?.isSymbolicLink() && lstatSync(`${target}.old`, { throwIfNoEntry: false }));
  return [stats?.mode, stats?.ino, isReadable ? readFileSync(target, "utf8") : undefined];
}
