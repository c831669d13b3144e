import { access, constants } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { describeError } from "../../runner/describe-error.js";
import { assertWritable } from "../../runner/files/replace-file.js";
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

/** Throws UsageError where a report could not be written, before anything is run. Folders of reports are not made. */
export async function assertReportFiles({ junit, html }: ReportOptions): Promise<void> {
  for (const [option, file] of [
    ["--junit", junit],
    ["--html", html],
  ] as const) {
    if (file === undefined) {
      continue;
    }
    try {
      await assertWritable(file);
      const target = await targetOf(file);
      if (target.kind === "none") {
        await access(path.dirname(target.path), constants.W_OK).catch((cause: unknown) => {
          throw new UsageError(
            `${option}: there is no folder ${path.dirname(file)}, or nothing may be written to it`,
            {
              cause,
            },
          );
        });
      }
    } catch (cause) {
      throw cause instanceof UsageError
        ? cause
        : new UsageError(`${option}: ${describeError(cause)}`, { cause });
    }
  }
}
