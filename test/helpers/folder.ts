import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";

/** Writes files below a folder; values that are not text are written as JSON. */
export function writeFiles(folder: string, files: Record<string, unknown>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** Makes a new folder with these files the working directory until the tests of this file are over. */
export function enterFolder(files: Record<string, unknown> = {}, subfolder = "."): string {
  const before = process.cwd();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "poolbook-")));
  writeFiles(folder, files);
  mkdirSync(join(folder, subfolder), { recursive: true });
  process.chdir(join(folder, subfolder));
  after(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  return folder;
}
