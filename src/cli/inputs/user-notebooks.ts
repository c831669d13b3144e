import { access, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { isNotebookFile } from "../../document/notebook.js";
import { GitError, git } from "./git.js";

// Outside of git these names tell of what tools make out of sources.
const builtFolders = ["build", "dist", "_build"];
const environmentMarks = ["pyvenv.cfg", "conda-meta"];

interface Found {
  file: string;
  /** The folder in which git is asked about the file: the one to begin with, or a repository below it; none outside of git. */
  repository?: string;
}

type IsLeftOut = (folder: string, repository: string | undefined) => Promise<boolean>;

/** The paths of all notebooks in `folder` and below, but those in hidden folders. */
export async function allNotebooks(folder: string): Promise<string[]> {
  return (await walk(folder, undefined, async () => false)).map(({ file }) => file);
}

/**
 * The paths of the notebooks in `folder` and below that are the user's own: not in `node_modules`, in a Python environment, or in a
 * hidden folder, and not what git ignores; outside of git not in `build`, `dist` and `_build` either. `folder` itself may be any of
 * these. `warn` is told where git should be asked and does not answer.
 */
export async function userNotebooks(folder: string, warn: (message: string) => void): Promise<string[]> {
  const found = await walk(folder, await repositoryAt(folder, warn), isForeign);
  const repositories = new Set(found.flatMap(({ repository }) => repository ?? []));
  const ignored = await Promise.all(
    [...repositories].map((repository) =>
      ignoredFiles(
        repository,
        found.flatMap((each) => (each.repository === repository ? each.file : [])),
      ),
    ),
  );
  const isIgnored = new Set(ignored.flat());
  return found.map(({ file }) => file).filter((file) => !isIgnored.has(file));
}

async function walk(folder: string, repository: string | undefined, isLeftOut: IsLeftOut): Promise<Found[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<Found[]> => {
      const place = path.join(folder, entry.name);
      if (entry.name.startsWith(".")) {
        return [];
      }
      if (!entry.isDirectory()) {
        const mayBeNotebook = isNotebookFile(entry.name) && !(await isStream(place));
        return mayBeNotebook ? [{ file: place, repository }] : [];
      }
      if (await isLeftOut(place, repository)) {
        return [];
      }
      return await walk(place, (await holdsOneOf(place, [".git"])) ? place : repository, isLeftOut);
    }),
  );
  return found.flat();
}

/** A pipe, a socket or a device, also behind a link; to read it might take for ever. */
async function isStream(file: string): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

async function isForeign(folder: string, repository: string | undefined): Promise<boolean> {
  const name = path.basename(folder);
  return (
    name === "node_modules" ||
    (repository === undefined && builtFolders.includes(name)) ||
    (await holdsOneOf(folder, environmentMarks))
  );
}

async function holdsOneOf(folder: string, names: string[]): Promise<boolean> {
  const found = await Promise.all(
    names.map((name) =>
      access(path.join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/** `folder` when it is in a git repository that does not ignore it as a whole. */
async function repositoryAt(folder: string, warn: (message: string) => void): Promise<string | undefined> {
  if (!(await isBelowGit(path.resolve(folder)))) {
    return undefined;
  }
  try {
    await git(folder, ["rev-parse", "--show-toplevel"]);
    return (await git(folder, ["check-ignore", "."], { fine: [1] })) === "" ? folder : undefined;
  } catch (error) {
    if (!(error instanceof GitError)) {
      throw error;
    }
    warn(`Files that git ignores are not left out of ${folder}: ${error.message}`);
    return undefined;
  }
}

async function isBelowGit(folder: string): Promise<boolean> {
  const parent = path.dirname(folder);
  return (await holdsOneOf(folder, [".git"])) || (parent !== folder && (await isBelowGit(parent)));
}

/** Those of `files` that git ignores; files that it tracks are not. */
async function ignoredFiles(repository: string, files: string[]): Promise<string[]> {
  const names = new Map(files.map((file) => [path.relative(repository, file), file]));
  const output = await git(repository, ["check-ignore", "-z", "--stdin"], {
    input: [...names.keys()].join("\0"),
    fine: [1],
  }).catch(() => "");
  return output.split("\0").flatMap((name) => names.get(name) ?? []);
}
