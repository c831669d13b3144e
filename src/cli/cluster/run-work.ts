import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseJson, stringifyJson } from "../../document/json/exact-json.js";
import type { Notebook } from "../../document/notebook.js";
import { currentTask } from "../../pool/current-task.cjs";
import type { RunEvent } from "../../runner/index.js";
import { runNotebook } from "../../runner/run-notebook.js";
import type { NotebookWork } from "./notebook-work.js";

// Runs in a worker of an agent, whose folder is the working directory.

/** The news of a run, told as JSON while it goes on. */
export type WorkNews = { readonly notebook: Notebook } | { readonly event: RunEvent };

const poolbook = fileURLToPath(new URL("../../..", import.meta.url));

/** Runs the notebook in a folder of its own, with the packages of the agent. Resolves with the NotebookResult as JSON. Rejects as `runNotebook` does. */
export async function runWork({ notebook: text, file, cwd, files, options }: NotebookWork): Promise<string> {
  const task = currentTask();
  const notebook = parseJson(text) as Notebook;
  const made = mkdtempSync(path.join(tmpdir(), "poolbook-run-"));
  const project = path.join(made, "project");
  const tell = (news: WorkNews) => task.report(stringifyJson(news));
  try {
    unpack(files, made, project);
    const place = path.resolve(project, file);
    mkdirSync(path.dirname(place), { recursive: true });
    const folder = path.resolve(project, cwd);
    mkdirSync(folder, { recursive: true });
    const onEvent = (event: RunEvent): void => {
      if (event.type === "kernel-starting") {
        tell({ notebook });
      }
      tell({ event });
    };
    const result = await runNotebook(notebook, {
      ...options,
      path: place,
      cwd: folder,
      signal: task.signal,
      onEvent,
    });
    return stringifyJson(result);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Throws an Error for a path that leads out of the project. */
function unpack(files: NotebookWork["files"], made: string, project: string): void {
  for (const [name, bytes] of files) {
    const target = path.resolve(project, name);
    if (!target.startsWith(project + path.sep)) {
      throw new Error(`The path of a file leads out of its project: ${name}`);
    }
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  mkdirSync(project, { recursive: true });
  const packages = packagesAround(process.cwd());
  if (packages !== undefined) {
    symlinkSync(packages, path.join(project, "node_modules"));
  }
  mkdirSync(path.join(made, "node_modules"));
  symlinkSync(path.resolve(poolbook), path.join(made, "node_modules", "poolbook"));
}

function packagesAround(folder: string): string | undefined {
  const found = path.join(folder, "node_modules");
  const parent = path.dirname(folder);
  return existsSync(found) ? found : parent === folder ? undefined : packagesAround(parent);
}
