import { statSync } from "node:fs";
import path from "node:path";
import { stringifyJson } from "../../document/json/exact-json.js";
import { isCodeCell, joinLines, type Notebook } from "../../document/notebook.js";
import { ownSources, requestsIn, resolveRequest } from "../../pool/cluster/client/sources/own-sources.js";
import { projectOf } from "../../pool/cluster/client/sources/project.js";
import type { ElsewhereRequest } from "../../runner/elsewhere/elsewhere.js";
import type { TravellingOptions } from "../../runner/travelling-options.js";
import { sourceFiles } from "../cache/source-files.js";

/** All that an agent needs to run a notebook: content, no paths of this machine. */
export interface NotebookWork {
  /** As JSON, in which no number loses a digit. */
  readonly notebook: string;
  /** The path of the notebook in its project. */
  readonly file: string;
  /** The kernel's folder in the project; where it is outside of that, its whole path. */
  readonly cwd: string;
  /** The files of the project that the notebook uses, by their paths in it. */
  readonly files: readonly (readonly [path: string, bytes: Uint8Array])[];
  readonly options: TravellingOptions;
}

const settings = ["package.json", "tsconfig.json"];

/** Throws the file system's error. */
export async function workOf({ notebook, file, cwd, options }: ElsewhereRequest): Promise<NotebookWork> {
  const place = path.resolve(file);
  const folder = path.dirname(place);
  const { root } = projectOf(folder);
  const inProject = (name: string) => path.relative(root, name).split(path.sep).join("/");
  const kernelFolder = path.resolve(cwd ?? folder);
  const isInside = kernelFolder === root || kernelFolder.startsWith(root + path.sep);
  return {
    notebook: stringifyJson(notebook),
    file: inProject(place),
    cwd: isInside ? inProject(kernelFolder) : kernelFolder,
    files: await usedFiles(notebook, place, root),
    options,
  };
}

/** The files below `root` that the notebook imports or names, with what they import, and the settings around it. */
async function usedFiles(notebook: Notebook, file: string, root: string): Promise<NotebookWork["files"]> {
  const folder = path.dirname(file);
  const code = notebook.cells
    .filter(isCodeCell)
    .map(({ source }) => joinLines(source))
    .join("\n");
  const isPython = notebook.metadata.language_info?.name === "python" || /^python/.test(kernelOf(notebook));
  const named = (await sourceFiles(code, file, { isPython, linked: [] }))?.files ?? [];
  const imported = requestsIn(code).flatMap((request) => resolveRequest(request, folder) ?? []);
  const entries = [...named, ...imported, ...settingsAround(folder, root)].filter(isFile);
  return ownSources(entries, root).map(({ path, bytes }) => [path, bytes]);
}

function kernelOf({ metadata }: Notebook): string {
  return metadata.kernelspec?.name ?? "";
}

function settingsAround(folder: string, root: string): string[] {
  const here = settings.map((name) => path.join(folder, name));
  return folder === root || path.dirname(folder) === folder
    ? here
    : [...here, ...settingsAround(path.dirname(folder), root)];
}

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}
