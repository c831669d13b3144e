import { availableParallelism } from "node:os";
import { formatNotebook } from "../../document/notebook.js";
import type { Parameters } from "../../document/parameters/parameter-value.js";
import { describeError } from "../../runner/describe-error.js";
import { type NotebookResult, runNotebook } from "../../runner/index.js";
import { ExitCode } from "../exit-code.js";
import { doJobs } from "../inputs/jobs.js";
import { type NotebookSource, readSources } from "../inputs/run-inputs.js";
import { readParameters } from "../options/parameter-options.js";
import { outputPathOf, type RunCommandOptions, standardStream } from "../options/run-options.js";
import { serverOptions } from "../options/server-options.js";
import { jsonReport } from "../reporters/run-json.js";
import { RunReporter } from "../reporters/run-reporter.js";
import { onSignals, type Stop } from "../terminal/signals.js";

/** `poolbook run`: executes the notebooks and tells of each. Resolves with the exit code. */
export async function run(paths: string[], options: RunCommandOptions): Promise<number> {
  const sources = await readSources(paths, options);
  const parameters = await readParameters(options);
  serverOptions(options);
  const jobs = Math.min(options.jobs ?? availableParallelism(), sources.length);
  const reporter = new RunReporter(writesToStdout(options) ? process.stderr : process.stdout, {
    logOutput: options.logOutput === true,
    isQuiet: options.quiet === true,
    isParallel: jobs > 1 && sources.some(({ isSerial }) => !isSerial),
  });
  const stop = onSignals();
  const ends: NotebookEnd[] = sources.map(({ file }) => ({ file }));
  await doJobs(
    sources.map((source, position) => ({
      isSerial: source.isSerial,
      run: async (turn) => {
        if (!stop.signal.aborted) {
          ends[position] = await runOne(source, parameters, options, reporter, stop, turn);
        }
      },
    })),
    jobs,
  );
  reporter.summary(options.outputDir);
  if (options.json) {
    process.stdout.write(jsonReport(ends));
  }
  return stop.exitCode() ?? exitCode(ends, options.exitZero === true);
}

/** What became of one notebook: a result, a reason why it could not be run, or neither when its turn never came. */
export interface NotebookEnd {
  file: string;
  result?: NotebookResult;
  problem?: string;
}

async function runOne(
  { file, relative, notebook }: NotebookSource,
  parameters: Parameters,
  options: RunCommandOptions,
  reporter: RunReporter,
  stop: Stop,
  whenReady: () => Promise<void>,
): Promise<NotebookEnd> {
  const report = reporter.notebook(file);
  try {
    const result = await runNotebook(notebook ?? file, {
      ...options,
      kernelName: options.kernel,
      server: serverOptions(options),
      outputPath: outputPathOf({ file, relative }, options),
      parameters,
      signal: stop.signal,
      whenReady,
      onEvent: (event) => report.event(event),
    });
    report.ended(result);
    if (options.output === standardStream) {
      process.stdout.write(formatNotebook(result.notebook));
    }
    return { file, result };
  } catch (error) {
    if (stop.signal.aborted) {
      return { file };
    }
    const text = describeError(error);
    const problem = text.startsWith(file) ? text : `${file}: ${text}`;
    report.couldNotRun(problem);
    return { file, problem };
  }
}

function writesToStdout({ output, json }: RunCommandOptions): boolean {
  return output === standardStream || json === true;
}

function exitCode(ends: NotebookEnd[], exitZero: boolean): number {
  if (ends.some(({ problem }) => problem !== undefined)) {
    return ExitCode.couldNotRun;
  }
  const failed = ends.some(({ result }) => result?.status !== "ok");
  return failed && !exitZero ? ExitCode.failed : ExitCode.clean;
}
