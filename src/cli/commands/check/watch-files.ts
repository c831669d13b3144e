import { existsSync, type FSWatcher, watch } from "node:fs";
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
 * aborts. `onSave` resolves with whether it has written the file itself, which is not taken for a change. `others` names further
 * files whose changes count from the moment they are named.
 */
export async function watchFiles(
  contents: Contents,
  onSave: (file: string) => Promise<boolean>,
  signal: AbortSignal,
  others: () => string[] = () => [],
): Promise<void> {
  const touched = new Set(contents.keys());
  let wake = (): void => {};
  const folders = new WatchedFolders((isTouched) => {
    for (const file of [...contents.keys()].filter(isTouched)) {
      touched.add(file);
    }
    wake();
  });
  const watchAll = async (): Promise<void> => {
    const added = others().filter((file) => !contents.has(file) && existsSync(path.dirname(file)));
    for (const [file, content] of await contentsOf(added)) {
      contents.set(file, content);
    }
    folders.add(contents.keys());
  };
  signal.addEventListener("abort", () => wake());
  await watchAll();
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
      await watchAll();
    }
    if (touched.size > 0 || signal.aborted) {
      continue;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    await new Promise((resolve) => setTimeout(resolve, settle));
  }
  folders.close();
}

/** Tells of changes in the folders of files; `onTouch` gets a test that says which files may have changed. */
class WatchedFolders {
  readonly #onTouch: (isTouched: (file: string) => boolean) => void;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(onTouch: (isTouched: (file: string) => boolean) => void) {
    this.#onTouch = onTouch;
  }

  add(files: Iterable<string>): void {
    for (const folder of new Set([...files].map((file) => path.dirname(file)))) {
      if (!this.#watchers.has(folder)) {
        const isTouched = (name: string | null) => (file: string) =>
          path.dirname(file) === folder && (name === null || path.basename(file) === name);
        const watcher = watch(folder, (_, name) => this.#onTouch(isTouched(name)));
        this.#watchers.set(folder, watcher);
      }
    }
  }

  close(): void {
    for (const watcher of this.#watchers.values()) {
      watcher.close();
    }
  }
}

/** Undefined for a file that is not there, as for a moment while it is replaced. */
async function contentOf(file: string): Promise<string | undefined> {
  return await readFile(file, "utf8").catch(() => undefined);
}
