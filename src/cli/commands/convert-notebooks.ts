import path from "node:path";
import { decodeText } from "../../document/decode-text.js";
import { formatNotebook } from "../../document/format-notebook.js";
import { type Notebook, NotebookFormatError } from "../../document/notebook.js";
import { assertShowable } from "../../document/outputs/assert-showable.js";
import { markdownText } from "../../document/percent/markdown-text.js";
import { leaders, parsePercent, percentText } from "../../document/percent/percent-text.js";
import { placeOf, schemaProblems } from "../../document/schema/schema-problems.js";
import { readNotebook } from "../../runner/files/notebook-file.js";
import { readLimited } from "../../runner/files/read-limited.js";
import { replaceFile } from "../../runner/files/replace-file.js";
import { isStandardOutput } from "../../runner/files/standard-stream.js";
import { identityOf, targetOf } from "../../runner/files/target.js";
import { UsageError } from "../options/usage-error.js";

export interface ExportOptions {
  to: string;
  output?: string;
  /** A page shows the code, too. */
  input: boolean;
}

/** `poolbook export`. Throws UsageError for a format that is none. */
export async function exportNotebook(file: string, options: ExportOptions): Promise<void> {
  const { to, output, input } = options;
  const leader = leaders[to];
  if (leader === undefined && to !== "md" && to !== "html") {
    throw new UsageError(
      `expected --to to be one of ${Object.keys(leaders).join(", ")}, md and html, got ${to}`,
    );
  }
  if (!input && to !== "html") {
    throw new UsageError("--no-input is for --to html");
  }
  const notebook = await readNotebook(file);
  if (leader !== undefined) {
    await write(sourceText(notebook, leader, file), file, output);
    return;
  }
  assertShowable(notebook);
  if (to === "md") {
    await write(markdownText(notebook), file, output);
  } else {
    await write(await page(notebook, file, !input), file, output);
  }
}

/** Throws NotebookFormatError for a text that no file can hold; tells of fields that have no place in a source file. */
function sourceText(notebook: Notebook, leader: string, file: string): string {
  const text = percentText(notebook, leader);
  if (/\p{Surrogate}/u.test(text)) {
    throw new NotebookFormatError("it holds half of a surrogate pair, which no file in UTF-8 can hold");
  }
  const foreign = schemaProblems(notebook).filter(({ remedy }) => remedy === "remove");
  for (const { path: place } of foreign.filter(({ path: [, , part] }) => part !== "outputs")) {
    process.stderr.write(`${file}: ${placeOf(place)} has no place in a source file and is left out\n`);
  }
  return text;
}

async function page(notebook: Notebook, file: string, noInput: boolean): Promise<string> {
  const { notebookHtml } = await import("../export/notebook-html.js");
  const { fileEmbedder } = await import("../export/embed-file.js");
  const warn = (message: string) => process.stderr.write(`${file}: ${message}\n`);
  const name = path.basename(file).replace(/\.ipynb$/i, "");
  return notebookHtml(notebook, { name, noInput, embed: fileEmbedder(path.dirname(file), warn) });
}

/** `poolbook import`. Throws UsageError for a file that is no source, and NotebookFormatError. */
export async function importNotebook(file: string, { output }: { output?: string }): Promise<void> {
  const leader = leaders[path.extname(file).slice(1)];
  if (leader === undefined) {
    throw new UsageError(`${file}: expected a file that ends in .${Object.keys(leaders).join(", .")}`);
  }
  await write(formatNotebook(parsePercent(decodeText(await readLimited(file)), leader)), file, output);
}

/** Throws UsageError where the output is the file that it is made of. */
async function write(text: string, file: string, output: string | undefined): Promise<void> {
  if (isStandardOutput(output) || output === undefined) {
    process.stdout.write(text);
  } else if (
    (await targetOf(output)).kind === "file" &&
    (await identityOf(output)) === (await identityOf(file))
  ) {
    throw new UsageError(`${output} is the file that is to be converted`);
  } else {
    await replaceFile(output, text);
  }
}
