import path from "node:path";
import { type NotebookResult, runNotebook } from "../runner/index.js";
import { describeError } from "./describe-error.js";
import { ExitCode } from "./exit-code.js";
import { checkOutputs, collectInputs } from "./inputs.js";
import { RunReporter } from "./run-reporter.js";
import { onSignals } from "./signals.js";

export interface RunCommandOptions {
  outputDir?: string;
  logOutput?: boolean;
  startTimeout: number;
}

/** `poolbook run`: executes the notebooks one after another and tells of each. Resolves with the exit code. */
export async function run(paths: string[], options: RunCommandOptions): Promise<number> {
  const { outputDir, logOutput = false, startTimeout } = options;
  const inputs = await collectInputs(paths);
  if (outputDir !== undefined) checkOutputs(inputs, outputDir);
  const reporter = new RunReporter(process.stdout, { logOutput });
  const stop = onSignals();
  const codes: number[] = [];
  for (const { file, relative } of inputs) {
    if (stop.signal.aborted) break;
    const outputPath = outputDir === undefined ? undefined : path.join(outputDir, relative);
    reporter.notebookStarted(file);
    try {
      const result = await runNotebook(file, {
        outputPath,
        startTimeout,
        signal: stop.signal,
        onEvent: (event) => reporter.event(event),
      });
      reporter.notebookEnded(result);
      codes.push(exitCodeOf(result));
    } catch (error) {
      if (stop.signal.aborted) break;
      reporter.couldNotRun(describeFailure(file, error));
      codes.push(ExitCode.couldNotRun);
    }
  }
  reporter.summary(inputs.length, outputDir);
  return stop.exitCode() ?? Math.max(ExitCode.clean, ...codes);
}

function exitCodeOf(result: NotebookResult): number {
  return result.status === "ok" ? ExitCode.clean : ExitCode.failed;
}

function describeFailure(file: string, error: unknown): string {
  const text = describeError(error);
  return text.startsWith(file) ? text : `${file}: ${text}`;
}
