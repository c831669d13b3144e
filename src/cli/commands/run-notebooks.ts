import { availableParallelism } from "node:os";
import { executionRules } from "../../document/execution-rules.js";
import { formatNotebook } from "../../document/format-notebook.js";
import { checkInstalled } from "../../missing-package.js";
import { isStandardOutput } from "../../runner/files/standard-stream.js";
import type { RunOptions } from "../../runner/index.js";
import { cacheOf } from "../cache/cache-of.js";
import { withPlace } from "../cluster/with-place.js";
import { exitCodeOfRun } from "../exit-code.js";
import { assertReportsApart } from "../inputs/assert-outputs.js";
import { doJobs } from "../inputs/jobs.js";
import { outputPathOf } from "../inputs/output-path.js";
import { type NotebookInput, runInputs } from "../inputs/run-inputs.js";
import { inShard } from "../inputs/shard.js";
import { runOptionsOf } from "../options/execution-options.js";
import { readParameters } from "../options/parameter-options.js";
import { assertOneOnStdout, assertReportFiles, writesToStdout } from "../options/report-options.js";
import type { RunCommandOptions } from "../options/run-options.js";
import type { NotebookEnd } from "../reporters/run/notebook-end.js";
import { RunReporter } from "../reporters/run/run-reporter.js";
import { onSignals, type Stop } from "../terminal/signals.js";
import { runAgain } from "./run-again.js";

/** `poolbook run`: executes the notebooks and tells of each. Resolves with the exit code. */
export async function runNotebooks(paths: string[], given: RunCommandOptions): Promise<number> {
  checkInstalled(["zeromq"]);
  await assertReportFiles(given);
  // Once: a pipe has them once only.
  const parameters = await readParameters(given);
  const { inputs: all, options } = await runInputs(paths, given, parameters);
  assertOneOnStdout(options);
  await assertReportsApart(all, options, options);
  const inputs = inShard(all, options.shard);
  const shared = { ...(await runOptionsOf(options, parameters)), cache: cacheOf(options) };
  const reporter = new RunReporter(
    writesToStdout(options) ? process.stderr : process.stdout,
    reportedBy(options),
  );
  const stop = onSignals();
  const ends = await withPlace(options, inputs.length, availableParallelism(), ({ limit, elsewhere }) =>
    runAll(inputs, { options, shared: { ...shared, elsewhere }, reporter, stop, limit }),
  );
  await reporter.end(ends, options.outputDir);
  return stop.exitCode() ?? exitCodeOfRun(ends, options.exitZero === true);
}

interface RunAllOptions {
  options: RunCommandOptions;
  shared: RunOptions;
  reporter: RunReporter;
  stop: Stop;
  limit: number;
}

/** The ends in the order of the inputs. */
async function runAll(inputs: NotebookInput[], settings: RunAllOptions): Promise<NotebookEnd[]> {
  const { options, shared, reporter, stop, limit } = settings;
  const ends: NotebookEnd[] = inputs.map(({ file }) => ({ file }));
  const jobs = inputs.map((input, position) => async () => {
    const read = input.read(stop.signal);
    // A notebook that cannot be read says so when it is its turn.
    const isSerial = await read.then(
      (notebook) => executionRules(notebook).isSerial,
      () => false,
    );
    const run = async (turn: () => Promise<void>): Promise<void> => {
      if (stop.signal.aborted) {
        return;
      }
      const report = reporter.notebook(input.file, limit > 1 && !isSerial);
      const own = { ...shared, ...ownOptions(input, options), signal: stop.signal };
      const end = await runAgain({ input, read, retries: options.retries, turn }, own, report);
      ends[position] = end;
      writeToStdout(end, options);
    };
    return { isSerial, run };
  });
  await doJobs(jobs, limit);
  return ends;
}

function ownOptions(input: NotebookInput, options: RunCommandOptions): RunOptions {
  const { papermillMetadata, errorCell, prepareOnly, reportMode, autosaveCellEvery } = options;
  const outputPath = outputPathOf(input, options);
  const { injectPaths, injectInputPath = injectPaths, injectOutputPath = injectPaths } = options;
  return {
    papermillMetadata,
    errorCell,
    prepareOnly,
    reportMode,
    autosave: autosaveCellEvery,
    outputPath,
    pathParameters: {
      ...(injectInputPath && { PAPERMILL_INPUT_PATH: input.file }),
      ...(injectOutputPath && { PAPERMILL_OUTPUT_PATH: outputPath ?? options.output ?? "" }),
    },
  };
}

function reportedBy(options: RunCommandOptions) {
  const { logLevel = "INFO", logOutput = logLevel === "DEBUG", quiet } = options;
  const isQuiet = quiet === true || ["WARNING", "ERROR", "CRITICAL"].includes(logLevel);
  return { ...options, logOutput, isQuiet };
}

function writeToStdout({ result }: NotebookEnd, { output }: RunCommandOptions): void {
  if (isStandardOutput(output) && result) {
    process.stdout.write(formatNotebook(result.notebook));
  }
}
