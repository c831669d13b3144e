import { access } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { describeError } from "../../runner/describe-error.js";
import { assertWritable } from "../../runner/files/replace-file.js";
import { isStandardOutput, standardStream } from "../../runner/files/standard-stream.js";
import { isSystemError } from "../../runner/files/system-error.js";
import { targetOf } from "../../runner/files/target.js";
import { UsageError } from "./usage-error.js";

/** The reports that a command writes besides what it tells. */
export interface ReportOptions {
  junit?: string;
  html?: string;
  json?: boolean;
  /** A file to which a summary in Markdown is added. */
  summary?: string;
}

export function addReportOptions(command: Command): Command {
  return command
    .option("--junit <file>", "write the results as JUnit XML")
    .option("--html <file>", "write the results as a web page")
    .option("--summary <file>", "add a summary in Markdown to a file, as that of a job on GitHub")
    .option("--json", "print the results as JSON");
}

/** Options of one command or another that name what is written besides its notebooks, or instead of them. */
export interface WrittenFiles extends ReportOptions {
  events?: string;
  stdoutFile?: string;
  stderrFile?: string;
  output?: string;
}

/** True where stdout takes one of these, so that what the command tells goes to stderr. */
export function writesToStdout(options: WrittenFiles): boolean {
  return optionsOnStdout(options).length > 0;
}

function optionsOnStdout({ output, json, ...files }: WrittenFiles): string[] {
  const all = { ...filesByOption(files), "--output": output, "--json": json ? standardStream : undefined };
  return Object.entries(all)
    .filter(([, file]) => isStandardOutput(file))
    .map(([option]) => option);
}

export function filesByOption({ junit, html, summary, events, stdoutFile, stderrFile }: WrittenFiles) {
  return {
    "--junit": junit,
    "--html": html,
    "--summary": summary,
    "--events": events,
    "--stdout-file": stdoutFile,
    "--stderr-file": stderrFile,
  };
}

/**
 * Throws UsageError where a report could not be written, or two things would be written to stdout, before anything is run. Folders of
 * reports are not made.
 */
export async function assertReportFiles(options: WrittenFiles): Promise<void> {
  for (const [option, file] of Object.entries(filesByOption(options))) {
    await assertReportFile(option, isStandardOutput(file) ? undefined : file);
  }
  assertOneOnStdout(options);
}

/** Throws UsageError where two things would be written to stdout; to be asked again where an argument has named the output. */
export function assertOneOnStdout(options: WrittenFiles): void {
  const [one, other] = optionsOnStdout(options);
  if (one !== undefined && other !== undefined) {
    throw new UsageError(`${one} and ${other} would both be written to stdout`);
  }
}

async function assertReportFile(option: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    return;
  }
  try {
    await assertWritable(file);
    const target = await targetOf(file);
    if (target.kind === "none") {
      await access(path.dirname(target.path));
    }
  } catch (cause) {
    throw new UsageError(`${option}: ${describeProblem(cause, file)}`, { cause });
  }
}

function describeProblem(cause: unknown, file: string): string {
  return isSystemError(cause, "ENOENT", "EACCES", "EROFS") && cause.path !== file
    ? `there is no folder ${path.dirname(file)}, or nothing may be written to it`
    : describeError(cause);
}
