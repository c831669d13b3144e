import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { importedFile, sourceFiles } from "../helpers/source-files.js";

const files = sourceFiles();

test("no folder of src has more than 15 files directly in it", () => {
  const sizes = new Map<string, number>();
  for (const { path: file } of files) {
    const folder = path.posix.dirname(file);
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  assert.deepEqual(
    [...sizes].filter(([, size]) => size > 15),
    [],
  );
});

test("no base name stands for three things in src", () => {
  const places = new Map<string, string[]>();
  for (const { path: file } of files) {
    const base = path.posix.basename(file);
    places.set(base, [...(places.get(base) ?? []), file]);
  }
  places.delete("index.ts");
  assert.deepEqual(
    [...places.values()].filter(({ length }) => length > 2),
    [],
  );
});

test("no file of src has more than 250 lines", () => {
  assert.deepEqual(
    files.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines}`),
    [],
  );
});

test("no function of src has more than 50 lines", () => {
  assert.deepEqual(
    functionsWhere(({ lines }) => lines > 50),
    [],
  );
});

test("no function of src has more than 4 parameters", () => {
  assert.deepEqual(
    functionsWhere(({ parameters }) => parameters > 4),
    [],
  );
});

test("no imports of src go in a circle, those of types included", () => {
  assert.deepEqual(circle(), []);
});

test("a comment says the thing: none opens with What, Whether, How, Where or Who", () => {
  const riddles = files.flatMap(({ path, comments }) =>
    comments.filter((text) => /^(What|Whether|How|Where|Who)\b/.test(text)).map((text) => `${path}: ${text}`),
  );
  assert.deepEqual(riddles, []);
});

function functionsWhere(isWanted: (one: { lines: number; parameters: number }) => boolean): string[] {
  return files.flatMap(({ path, functions }) =>
    functions
      .filter(isWanted)
      .map(({ name, lines, parameters }) => `${path}: ${name} (${lines}, ${parameters})`),
  );
}

/** The files of one circle of imports, in their order; empty when there is none. */
function circle(): string[] {
  const imports = new Map(
    files.map((file) => [file.path, file.imports.map((specifier) => importedFile(file, specifier))]),
  );
  const done = new Set<string>();
  const walk = (file: string, way: string[]): string[] => {
    if (way.includes(file)) {
      return [...way.slice(way.indexOf(file)), file];
    }
    if (done.has(file)) {
      return [];
    }
    for (const target of imports.get(file) ?? []) {
      const found = target === undefined ? [] : walk(target, [...way, file]);
      if (found.length > 0) {
        return found;
      }
    }
    done.add(file);
    return [];
  };
  return files.map(({ path }) => walk(path, [])).find(({ length }) => length > 0) ?? [];
}
