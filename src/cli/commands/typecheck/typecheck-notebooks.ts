import { mkdir } from "node:fs/promises";
import path from "node:path";
import { TypesOfNotebooks } from "../../../checker/types/check-types.js";
import type { NotebookTypes } from "../../../checker/types/notebook-types.js";
import type { TypesOptions } from "../../../checker/types/types-options.js";
import { checkOnThreads } from "../../../checker/types/types-threads.js";
import { describeError } from "../../../runner/describe-error.js";
import { saveFile } from "../../../runner/files/replace-file.js";
import { exitCodeOfChecks } from "../../exit-code.js";
import { assertReportsApart } from "../../inputs/assert-outputs.js";
import type { Input } from "../../inputs/collect-inputs.js";
import { selectInputs } from "../../inputs/select-inputs.js";
import { readParameters } from "../../options/parameter-options.js";
import { assertReportFiles, writesToStdout } from "../../options/report-options.js";
import type { TypecheckCommandOptions } from "../../options/types-options.js";
import { UsageError } from "../../options/usage-error.js";
import { CheckReporter } from "../../reporters/check-reporter.js";
import { TypesFindings } from "../../reporters/types/types-findings.js";
import { typesJson } from "../../reporters/types/types-json.js";
import { Screen } from "../../terminal/screen.js";
import { onSignals } from "../../terminal/signals.js";
import { contentsOf } from "../check/watch-files.js";
import { watchTypes } from "./watch-types.js";

/** `poolbook typecheck`: the kernel's verdict on each cell, without running any. Resolves with the exit code. */
export async function typecheckNotebooks(paths: string[], options: TypecheckCommandOptions): Promise<number> {
  await assertReportFiles(options);
  if (options.emit !== undefined) {
    await makeFolder(options.emit);
  }
  const screen = new Screen(writesToStdout(options) ? process.stderr : process.stdout);
  const inputs = await selectInputs(paths, options, (line) => screen.line(line));
  await assertReportsApart(inputs, options);
  const files = inputs.map(({ file }) => file);
  const { signal, exitCode } = onSignals();
  const reporter = new CheckReporter(options, screen);
  const settings = await typesOptionsOf(options);
  const checker = new TypesOfNotebooks(settings);
  const notebooks = options.watch ? await contentsOf(files) : undefined;
  // A checker that has not checked them itself does not know on which files they rest.
  const jobs = notebooks ? 1 : (options.jobs ?? 1);
  const all = await checkAll(files, checker, { ...settings, jobs, signal }, reporter);
  if (options.emit !== undefined) {
    await emit(inputs, checker, options.emit);
  }
  checker.close();
  const findings = new TypesFindings();
  const checks = all.map((types) => findings.of(types));
  await reporter.end(checks, { name: "typecheck", json: () => typesJson(all) });
  if (notebooks && !signal.aborted) {
    reporter.watching(inputs.length);
    await watchTypes({ checker, options: settings, notebooks }, reporter, signal);
  }
  return exitCode() ?? exitCodeOfChecks(checks);
}

async function typesOptionsOf(options: TypecheckCommandOptions): Promise<TypesOptions> {
  const { kernel, allowUnknown, watch } = options;
  const cache = options.cache && !watch;
  return { parameters: await readParameters(options), allowUnknown, kernelName: kernel, cache };
}

/** The verdicts in the order of the files, without those whose turn never came. */
async function checkAll(
  files: string[],
  checker: TypesOfNotebooks,
  { jobs, signal, ...options }: TypesOptions & { jobs: number; signal: AbortSignal },
  reporter: CheckReporter,
): Promise<NotebookTypes[]> {
  const all: (NotebookTypes | undefined)[] = files.map(() => undefined);
  const findings = new TypesFindings();
  const onChecked = (position: number, types: NotebookTypes) => {
    all[position] = types;
    reporter.ended(findings.of(types));
  };
  if (jobs > 1 && files.length > 1) {
    await checkOnThreads(files, { count: jobs, signal, ...options }, onChecked);
  } else {
    for (const [position, file] of files.entries()) {
      // A signal is heard between two notebooks.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) {
        break;
      }
      reporter.started(file);
      const types = await checker.check(file, signal);
      if (!signal.aborted) {
        onChecked(position, types);
      }
    }
  }
  return all.filter((types) => types !== undefined);
}

/** Throws UsageError where there can be none. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new UsageError(`--emit ${folder}: ${describeError(cause, folder)}`, { cause });
  }
}

async function emit(inputs: Input[], checker: TypesOfNotebooks, folder: string): Promise<void> {
  for (const { file, relative } of inputs) {
    // One that cannot be read has said so.
    const text = await checker.projection(file).catch(() => undefined);
    if (text !== undefined) {
      await saveFile(path.join(folder, `${relative.replace(/\.ipynb$/i, "")}.ts`), text);
    }
  }
}
