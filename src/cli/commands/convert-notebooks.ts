import { readFile } from "node:fs/promises";
import path from "node:path";
import { formatNotebook } from "../../document/format-notebook.js";
import type { Notebook } from "../../document/notebook.js";
import { markdownText } from "../../document/percent/markdown-text.js";
import { leaders, parsePercent, percentText } from "../../document/percent/percent-text.js";
import { readNotebook } from "../../runner/files/notebook-file.js";
import { replaceFile } from "../../runner/files/replace-file.js";
import { UsageError } from "../options/usage-error.js";

/** `poolbook export`. Throws UsageError for a format that is none. */
export async function exportNotebook(
  file: string,
  { to, output }: { to: string; output?: string },
): Promise<void> {
  const notebook = await readNotebook(file);
  await write(textOf(notebook, to), output);
}

function textOf(notebook: Notebook, format: string): string {
  const leader = leaders[format];
  if (leader !== undefined) {
    return percentText(notebook, leader);
  }
  if (format === "md") {
    return markdownText(notebook);
  }
  throw new UsageError(`expected --to to be one of ${Object.keys(leaders).join(", ")} and md, got ${format}`);
}

/** `poolbook import`. Throws UsageError for a file that is no source, and NotebookFormatError. */
export async function importNotebook(file: string, { output }: { output?: string }): Promise<void> {
  const leader = leaders[path.extname(file).slice(1)];
  if (leader === undefined) {
    throw new UsageError(`${file}: expected a file that ends in .${Object.keys(leaders).join(", .")}`);
  }
  await write(formatNotebook(parsePercent(await readFile(file, "utf8"), leader)), output);
}

async function write(text: string, output: string | undefined): Promise<void> {
  if (output === undefined || output === "-") {
    process.stdout.write(text);
  } else {
    await replaceFile(output, text);
  }
}
