import type { RuleLayer } from "../document/comparison/rules/check-rules.js";
import { parseCheckSettings } from "../document/comparison/rules/check-settings.js";
import { NotebookFormatError } from "../document/notebook.js";
import type { NotebookSource } from "../document/notebook-source.js";
import { ignoredPeerSettings } from "../document/peer-settings.js";
import { describeError } from "../runner/describe-error.js";
import { readSource } from "../runner/files/notebook-file.js";
import type { NotebookResult } from "../runner/index.js";
import { cellCheck } from "./cell-check.js";
import type { CheckOptions } from "./check-options.js";
import type { NotebookCheck } from "./notebook-check.js";
import { packageRules } from "./package-rules.js";
import { runAndCompare } from "./run-and-compare.js";
import { storeOutputs } from "./store-outputs.js";
import { verifyRules } from "./verify-rules.js";

/** As the library's `checkNotebook()`, which loads this when it is called. */
export async function checkNotebook(file: string, options: CheckOptions): Promise<NotebookCheck> {
  return await checkSource(file, readSource(file), options);
}

/** The same for a notebook that is read already, or is being read. */
export async function checkSource(
  file: string,
  read: Promise<NotebookSource>,
  options: CheckOptions,
): Promise<NotebookCheck> {
  const { retries = 0 } = options;
  try {
    const source = await read;
    const ignored = ignoredPeerSettings(source.notebook);
    if (options.update && source.upgradedFrom !== undefined) {
      throw new NotebookFormatError(
        `nbformat ${source.upgradedFrom}: poolbook format upgrades it, then its outputs can be updated`,
      );
    }
    const own = { source: "settings", settings: parseCheckSettings(options.settings, "settings") };
    const layers = [...(await packageRules(file)), own];
    verifyRules(source.notebook, layers);
    let check = await attempt(file, source, layers, options);
    const anew = { ...options, cache: undefined };
    if (check.isCached && check.status === "different") {
      check = await attempt(file, source, layers, anew);
    }
    while (check.attempts <= retries && (check.status === "different" || check.status === "failed")) {
      const next = await attempt(file, source, layers, anew);
      const attempts = check.attempts + 1;
      check = { ...next, attempts, isFlaky: next.status === "equal" };
    }
    return ignored.length > 0 ? { ...check, ignored } : check;
  } catch (error) {
    const problem = describeError(error, file);
    const nothing = {
      cells: [],
      duration: 0,
      attempts: 0,
      isFlaky: false,
      updated: [],
      isUpdateRefused: false,
    };
    return { path: file, status: "could-not-run", problem, ...nothing };
  }
}

async function attempt(
  file: string,
  source: NotebookSource,
  layers: RuleLayer[],
  { settings, update = false, retries, ...run }: CheckOptions,
): Promise<NotebookCheck> {
  const { result, cells } = await runAndCompare(source.notebook, layers, { ...run, path: file });
  const differs = cells.some(({ differences }) => differences.length > 0);
  const isStored = update && result.status === "ok";
  const updated = isStored ? await storeOutputs(file, source, { cells, notebook: result.notebook }) : [];
  const checks = cells.map((cell) =>
    cellCheck(
      cell,
      result.cells.find(({ index }) => index === cell.index),
    ),
  );
  const isCompared = updated.length > 0 || checks.some(({ status }) => status === "equal");
  return {
    path: file,
    status: statusOf(result, { isDifferent: differs && !isStored, isCompared }),
    cells: checks,
    duration: result.duration,
    ...(result.isCached && { isCached: true }),
    attempts: 1,
    isFlaky: false,
    updated,
    ...(update && !isStored && { isUpdateRefused: true }),
  };
}

function statusOf(
  { status }: NotebookResult,
  { isDifferent, isCompared }: { isDifferent: boolean; isCompared: boolean },
): NotebookCheck["status"] {
  if (status !== "ok") {
    return status;
  }
  return isDifferent ? "different" : isCompared ? "equal" : "not-compared";
}
