import type { Dirent } from "node:fs";
import { access, readdir } from "node:fs/promises";
import path from "node:path";

const installed = ["node_modules", "site-packages", "__pycache__"];

/**
 * The files in a folder and below it, but for what is installed, Python environments and hidden folders. Links to folders are not
 * followed: a package that is linked into itself has no end.
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  if (entries.some(({ name }) => name === "pyvenv.cfg")) {
    return [];
  }
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const place = path.join(folder, entry.name);
      if (!entry.isDirectory()) {
        return [place];
      }
      return entry.name.startsWith(".") || installed.includes(entry.name) ? [] : await filesBelow(place);
    }),
  );
  return found.flat();
}

/** The nearest folder that is a repository, `folder` or one around it; else `folder`. */
export async function repositoryOf(folder: string): Promise<string> {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    const isRepository = await access(path.join(at, ".git")).then(
      () => true,
      () => false,
    );
    if (isRepository) {
      return at;
    }
  }
  return folder;
}
