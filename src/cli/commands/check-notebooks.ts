import { availableParallelism } from "node:os";
import { type CheckNotebookOptions, checkNotebook, readSource } from "../../checker/check-notebook.js";
import type { NotebookCheck } from "../../checker/notebook-check.js";
import { ExitCode } from "../exit-code.js";
import { collectInputs, type Input } from "../inputs/collect-inputs.js";
import { doJobs } from "../inputs/jobs.js";
import { inShard, type Shard } from "../inputs/shard.js";
import { checkLayers } from "../options/check-layers.js";
import type { ExecutionOptions } from "../options/execution-options.js";
import { readParameters } from "../options/parameter-options.js";
import type { RuleOptions } from "../options/rule-options.js";
import { serverOptions } from "../options/server-options.js";
import { UsageError } from "../options/usage-error.js";
import { CheckReporter } from "../reporters/check-reporter.js";
import { onSignals, type Stop } from "../terminal/signals.js";
import { contentsOf, watchFiles } from "./watch-files.js";

/** The options of `poolbook check`, as the command line gives them. */
export interface CheckOptions extends ExecutionOptions, RuleOptions {
  update?: boolean;
  listStale?: boolean;
  explain?: boolean;
  retries: number;
  shard?: Shard;
  changedSince?: string;
  watch?: boolean;
  junit?: string;
  html?: string;
  json?: boolean;
}

/** `poolbook check`: executes the notebooks and compares them with themselves. Resolves with the exit code. */
export async function check(paths: string[], options: CheckOptions): Promise<number> {
  const inputs = await selectInputs(paths, options);
  if (options.explain || options.listStale) {
    const { tellOfNotebooks } = await import("./check-inquiries.js");
    return await tellOfNotebooks(inputs, options);
  }
  const stop = onSignals();
  const reporter = new CheckReporter(options);
  const session = await checkSession(options, stop, reporter);
  const contents = options.watch ? await contentsOf(inputs.map(({ file }) => file)) : undefined;
  const checks = await checkAll(inputs, options, session);
  await reporter.end(checks);
  if (contents && !stop.signal.aborted) {
    reporter.watching(inputs.length);
    await watchFiles(contents, async (file) => ((await session(file))?.updated.length ?? 0) > 0, stop.signal);
  }
  return stop.exitCode() ?? exitCode(checks);
}

async function selectInputs(paths: string[], { shard, changedSince }: CheckOptions): Promise<Input[]> {
  const inputs = inShard(await collectInputs(paths), shard);
  if (changedSince === undefined) {
    return inputs;
  }
  const { changedInputs } = await import("../inputs/changed-since.js");
  return await changedInputs(inputs, changedSince);
}

/** Checks one notebook; `turn` is awaited before its first cell. */
type CheckOne = (file: string, turn?: () => Promise<void>) => Promise<NotebookCheck | undefined>;

async function checkSession(options: CheckOptions, stop: Stop, reporter: CheckReporter): Promise<CheckOne> {
  if (options.update && Object.keys(await readParameters(options)).length > 0) {
    throw new UsageError("--update stores what a notebook puts out by itself; it takes no parameters");
  }
  const run: CheckNotebookOptions["run"] = {
    ...executionOptionsOf(options),
    server: serverOptions(options),
    parameters: await readParameters(options),
    signal: stop.signal,
  };
  return async (file, turn) => {
    let hasTurn: Promise<void> | undefined;
    const whenReady = () => {
      hasTurn ??= turn?.() ?? Promise.resolve();
      return hasTurn;
    };
    if (stop.signal.aborted) {
      return undefined;
    }
    reporter.started(file);
    const { update = false, retries } = options;
    const check = await checkNotebook(file, {
      layers: () => checkLayers(file, options),
      update,
      retries,
      run: { ...run, whenReady, onEvent: (event) => reporter.event(file, event) },
    });
    if (stop.signal.aborted && check.status === "could-not-run") {
      return undefined;
    }
    reporter.ended(check);
    return check;
  };
}

function executionOptionsOf(options: CheckOptions): CheckNotebookOptions["run"] {
  const { kernel, cwd, startTimeout, cellTimeout, notebookTimeout, allowErrors, allowUnknown, from, to } =
    options;
  return {
    kernelName: kernel,
    cwd,
    startTimeout,
    cellTimeout,
    notebookTimeout,
    allowErrors,
    allowUnknown,
    from,
    to,
  };
}

/** The results in the order of the inputs, without those whose turn never came. */
async function checkAll(
  inputs: Input[],
  options: CheckOptions,
  checkOne: CheckOne,
): Promise<NotebookCheck[]> {
  const checks: (NotebookCheck | undefined)[] = inputs.map(() => undefined);
  const jobs = await Promise.all(
    inputs.map(async ({ file }, position) => ({
      isSerial: await isSerial(file),
      run: async (turn: () => Promise<void>) => {
        checks[position] = await checkOne(file, turn);
      },
    })),
  );
  await doJobs(jobs, Math.min(options.jobs ?? availableParallelism(), inputs.length));
  return checks.filter((check) => check !== undefined);
}

/** A notebook that cannot be read says so when it is its turn. */
async function isSerial(file: string): Promise<boolean> {
  const source = await readSource(file).catch(() => undefined);
  return (source?.notebook.metadata.poolbook as { serial?: unknown } | undefined)?.serial === true;
}

export function exitCode(checks: NotebookCheck[]): number {
  if (checks.some(({ status }) => status === "could-not-run")) {
    return ExitCode.couldNotRun;
  }
  return checks.every(({ status }) => status === "equal") ? ExitCode.clean : ExitCode.failed;
}
