import assert from "node:assert/strict";
import { test } from "node:test";
import { importedFile, type SourceFile, sourceFiles } from "../helpers/source-files.js";
import { arrows } from "./arrows.js";

const rooms = Object.keys(arrows).sort((a, b) => b.length - a.length);
const files = sourceFiles();

test("a file imports from its own room, and from those that the table allows it", () => {
  assert.deepEqual(files.flatMap(forbiddenImports), []);
});

test("the table names rooms that exist, and each file is in one", () => {
  const isInhabited = (room: string) => files.some((file) => isWithin(file.path, room));
  const named = [...rooms, ...Object.values(arrows).flat()];
  assert.deepEqual(
    named.filter((room) => !isInhabited(room)),
    [],
  );
  assert.deepEqual(
    files.filter((file) => roomOf(file.path) === undefined),
    [],
  );
});

test("no file of src imports the package by its own name", () => {
  const own = files.flatMap((file) =>
    file.imports.filter((specifier) => /^(poolbook|#)/.test(specifier)).map(() => file.path),
  );
  assert.deepEqual(own, []);
});

function forbiddenImports(file: SourceFile): string[] {
  return file.imports
    .map((specifier) => importedFile(file, specifier))
    .filter((target) => target !== undefined)
    .filter((target) => !isAllowed(file.path, target))
    .map((target) => `${file.path} imports ${target}`);
}

function isAllowed(file: string, target: string): boolean {
  const room = roomOf(file) ?? "";
  const targetRoom = roomOf(target);
  return (
    room === targetRoom ||
    (arrows[room] ?? []).some(
      (allowed) => allowed === targetRoom || (partOf(allowed) !== partOf(room) && isWithin(target, allowed)),
    )
  );
}

function roomOf(file: string): string | undefined {
  return rooms.find((room) => isWithin(file, room));
}

function partOf(file: string): string {
  return file.split("/")[0] ?? file;
}

function isWithin(file: string, room: string): boolean {
  return file === room || file.startsWith(`${room}/`);
}
