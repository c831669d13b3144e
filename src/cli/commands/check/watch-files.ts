import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

// An editor saves in several steps: a new file, its content, a new name.
const settle = 200;

export type Contents = Map<string, string | undefined>;

/** The present contents of the files. */
export async function contentsOf(files: string[]): Promise<Contents> {
  return new Map(await Promise.all(files.map(async (file) => [file, await contentOf(file)] as const)));
}

/**
 * Calls `onSave`, one after another, with each file that holds something else than in `contents`, now or later, until `signal`
 * aborts. `onSave` resolves with whether it has written the file itself, which is not taken for a change.
 */
export async function watchFiles(
  contents: Contents,
  onSave: (file: string) => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const touched = new Set(contents.keys());
  let wake = (): void => {};
  const touch = (folder: string, name: string | null): void => {
    for (const file of contents.keys()) {
      if (path.dirname(file) === folder && (name === null || path.basename(file) === name)) {
        touched.add(file);
      }
    }
    wake();
  };
  const folders = new Set([...contents.keys()].map((file) => path.dirname(file)));
  const watchers = [...folders].map((folder): FSWatcher => watch(folder, (_, name) => touch(folder, name)));
  signal.addEventListener("abort", () => wake());
  while (!signal.aborted) {
    for (const file of touched) {
      touched.delete(file);
      const content = await contentOf(file);
      if (signal.aborted || content === undefined || content === contents.get(file)) {
        continue;
      }
      contents.set(file, content);
      if (await onSave(file)) {
        contents.set(file, await contentOf(file));
      }
    }
    if (touched.size > 0 || signal.aborted) {
      continue;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    await new Promise((resolve) => setTimeout(resolve, settle));
  }
  for (const watcher of watchers) {
    watcher.close();
  }
}

/** Undefined for a file that is not there, as for a moment while it is replaced. */
async function contentOf(file: string): Promise<string | undefined> {
  return await readFile(file, "utf8").catch(() => undefined);
}
