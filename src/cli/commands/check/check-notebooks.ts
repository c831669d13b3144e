import { availableParallelism } from "node:os";
import type { CheckOptions } from "../../../checker/check-options.js";
import type { NotebookCheck } from "../../../checker/notebook-check.js";
import { executionRules } from "../../../document/execution-rules.js";
import { readSource } from "../../../runner/files/notebook-file.js";
import { cacheOf } from "../../cache/cache-of.js";
import { withPlace } from "../../cluster/with-place.js";
import { exitCodeOfChecks } from "../../exit-code.js";
import { assertReportsApart } from "../../inputs/assert-outputs.js";
import type { Input } from "../../inputs/collect-inputs.js";
import { doJobs } from "../../inputs/jobs.js";
import { selectInputs } from "../../inputs/select-inputs.js";
import type { CheckCommandOptions } from "../../options/check-options.js";
import { runOptionsOf } from "../../options/execution-options.js";
import { assertReportFiles, writesToStdout } from "../../options/report-options.js";
import { ruleSettings } from "../../options/rule-options.js";
import { UsageError } from "../../options/usage-error.js";
import { CheckReporter } from "../../reporters/check-reporter.js";
import { Screen } from "../../terminal/screen.js";
import { onSignals } from "../../terminal/signals.js";
import { NotebookChecker } from "./notebook-checker.js";
import { contentsOf, watchFiles } from "./watch-files.js";

/** `poolbook check`: executes the notebooks and compares them with themselves. Resolves with the exit code. */
export async function checkNotebooks(paths: string[], options: CheckCommandOptions): Promise<number> {
  await assertReportFiles(options);
  const screen = new Screen(writesToStdout(options) ? process.stderr : process.stdout);
  const inputs = await selectInputs(paths, options, (line) => screen.line(line));
  await assertReportsApart(inputs, options);
  if (options.explain) {
    const { explainRules } = await import("./explain-rules.js");
    return await explainRules(inputs, options);
  }
  if (options.listStale) {
    const { listStale } = await import("./list-stale.js");
    return await listStale(inputs);
  }
  const { signal, exitCode } = onSignals();
  const reporter = new CheckReporter(options, screen);
  const checkOptions = await checkOptionsOf(options, signal);
  const contents = options.watch ? await contentsOf(inputs.map(({ file }) => file)) : undefined;
  const cores = availableParallelism();
  const checks = await withPlace(options, inputs.length, cores, async ({ limit, elsewhere }) => {
    const checker = new NotebookChecker({ ...checkOptions, elsewhere }, reporter);
    const checks = await checkAll(inputs, checker, { limit, signal });
    await reporter.end(checks);
    if (contents && !signal.aborted) {
      reporter.watching(inputs.length);
      const isUpdated = async (file: string) => ((await checker.check(file))?.updated.length ?? 0) > 0;
      await watchFiles(contents, isUpdated, signal);
    }
    return checks;
  });
  return exitCode() ?? exitCodeOfChecks(checks);
}

async function checkOptionsOf(options: CheckCommandOptions, signal: AbortSignal): Promise<CheckOptions> {
  const run = await runOptionsOf(options);
  if (options.update && Object.keys(run.parameters ?? {}).length > 0) {
    throw new UsageError("--update stores what a notebook puts out by itself; it takes no parameters");
  }
  const { update, retries } = options;
  return { ...run, cache: cacheOf(options), settings: ruleSettings(options), update, retries, signal };
}

/** The results in the order of the inputs, without those whose turn never came. */
async function checkAll(
  inputs: Input[],
  checker: NotebookChecker,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<NotebookCheck[]> {
  const checks: (NotebookCheck | undefined)[] = inputs.map(() => undefined);
  const jobs = inputs.map(({ file }, position) => async () => {
    const read = readSource(file, signal);
    // A notebook that cannot be read says so when it is its turn.
    const isSerial = await read.then(
      ({ notebook }) => executionRules(notebook).isSerial,
      () => false,
    );
    const run = async (turn: () => Promise<void>): Promise<void> => {
      checks[position] = await checker.check(file, read, turn);
    };
    return { isSerial, run };
  });
  await doJobs(jobs, limit);
  return checks.filter((check) => check !== undefined);
}
