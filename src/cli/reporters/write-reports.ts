import { appendFile } from "node:fs/promises";
import type { NotebookCheck } from "../../checker/notebook-check.js";
import { replaceFile } from "../../runner/files/replace-file.js";
import { isStandardOutput } from "../../runner/files/standard-stream.js";
import { htmlReport } from "./check-html.js";
import { junitReport } from "./check-junit.js";
import { summaryOf } from "./check-summary.js";

/** The files of the reports, and whether JSON is printed. */
export interface ReportPlaces {
  junit?: string;
  html?: string;
  json?: boolean;
  summary?: string;
}

export interface Reported {
  /** The command's name. */
  command: string;
  findings: NotebookCheck[];
  /** The text for `--json`. */
  json(): string;
  /** Ends what was written while it ran. */
  close(): Promise<void>;
}

/** Writes all reports that are asked for. Throws the first error of the file system when some cannot be written, after the others. */
export async function writeReports(
  { junit, html, summary, json: hasJson }: ReportPlaces,
  { command, findings, json, close }: Reported,
): Promise<void> {
  const problems: unknown[] = [];
  const attempt = async (report: () => Promise<void>, file?: string): Promise<void> => {
    await report().catch((problem) => problems.push(Object.assign(problem, { path: problem.path ?? file })));
  };
  if (junit !== undefined) {
    await attempt(() => write(junit, junitReport(findings, new Date(), command)), junit);
  }
  if (html !== undefined) {
    await attempt(() => write(html, htmlReport(findings, new Date(), command)), html);
  }
  if (summary !== undefined) {
    await attempt(() => addTo(summary, summaryOf(command, findings)), summary);
  }
  if (hasJson) {
    process.stdout.write(json());
  }
  await attempt(close);
  if (problems.length > 0) {
    throw problems[0];
  }
}

async function write(file: string, text: string): Promise<void> {
  if (isStandardOutput(file)) {
    process.stdout.write(text);
  } else {
    await replaceFile(file, text);
  }
}

async function addTo(file: string, text: string): Promise<void> {
  if (isStandardOutput(file)) {
    process.stdout.write(text);
  } else {
    await appendFile(file, text);
  }
}
