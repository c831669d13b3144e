import { availableParallelism } from "node:os";
import { executionRules } from "../../document/execution-rules.js";
import { formatNotebook } from "../../document/format-notebook.js";
import type { Notebook } from "../../document/notebook.js";
import { describeError } from "../../runner/describe-error.js";
import { type RunOptions, runNotebook } from "../../runner/index.js";
import { exitCodeOfRun } from "../exit-code.js";
import { doJobs } from "../inputs/jobs.js";
import { isStandardOutput, outputPathOf } from "../inputs/output-path.js";
import { runInputs } from "../inputs/run-inputs.js";
import { runOptionsOf } from "../options/execution-options.js";
import type { RunCommandOptions } from "../options/run-options.js";
import type { NotebookEnd } from "../reporters/notebook-end.js";
import { runJson } from "../reporters/run-json.js";
import type { NotebookReport } from "../reporters/run-notebook-report.js";
import { RunReporter } from "../reporters/run-reporter.js";
import { onSignals } from "../terminal/signals.js";

/** `poolbook run`: executes the notebooks and tells of each. Resolves with the exit code. */
export async function runNotebooks(paths: string[], given: RunCommandOptions): Promise<number> {
  const { parameters = {} } = await runOptionsOf(given);
  const { inputs, options } = await runInputs(paths, given, parameters);
  const shared = await runOptionsOf(options);
  const limit = Math.min(options.jobs ?? availableParallelism(), inputs.length);
  const reporter = new RunReporter(writesToStdout(options) ? process.stderr : process.stdout, {
    logOutput: options.logOutput === true,
    isQuiet: options.quiet === true,
  });
  const stop = onSignals();
  const ends: NotebookEnd[] = inputs.map(({ file }) => ({ file }));
  const jobs = inputs.map((input, position) => async () => {
    const read = input.read();
    // A notebook that cannot be read says so when it is its turn.
    const isSerial = await read.then(
      (notebook) => executionRules(notebook).isSerial,
      () => false,
    );
    const run = async (whenReady: () => Promise<void>): Promise<void> => {
      if (stop.signal.aborted) {
        return;
      }
      const report = reporter.notebook(input.file, limit > 1 && !isSerial);
      const { papermillMetadata, errorCell, prepareOnly } = options;
      const outputPath = outputPathOf(input, options);
      const own = { papermillMetadata, errorCell, prepareOnly, outputPath, signal: stop.signal, whenReady };
      ends[position] = await runOne(input.file, read, { ...shared, ...own }, report);
      writeToStdout(ends[position], options);
    };
    return { isSerial, run };
  });
  await doJobs(jobs, limit);
  reporter.summary(options.outputDir);
  if (options.json) {
    process.stdout.write(runJson(ends));
  }
  return stop.exitCode() ?? exitCodeOfRun(ends, options.exitZero === true);
}

async function runOne(
  file: string,
  read: Promise<Notebook>,
  options: RunOptions,
  report: NotebookReport,
): Promise<NotebookEnd> {
  try {
    const onEvent: RunOptions["onEvent"] = (event) => report.event(event);
    const result = await runNotebook(await read, { ...options, path: file, onEvent });
    report.ended(result);
    return { file, result };
  } catch (error) {
    if (options.signal?.aborted) {
      return { file };
    }
    const problem = `${file}: ${describeError(error, file)}`;
    report.couldNotRun(problem);
    return { file, problem };
  }
}

function writesToStdout({ output, json }: RunCommandOptions): boolean {
  return isStandardOutput(output) || json === true;
}

function writeToStdout({ result }: NotebookEnd, { output }: RunCommandOptions): void {
  if (isStandardOutput(output) && result) {
    process.stdout.write(formatNotebook(result.notebook));
  }
}
