import { spawn } from "node:child_process";
import { once } from "node:events";
import { mergeSources } from "../../../document/merge/merge-sources.js";
import { NotebookFormatError } from "../../../document/notebook.js";
import { type NotebookSource, readNotebookSource } from "../../../document/notebook-source.js";
import { readLimited } from "../../../runner/files/read-limited.js";
import { replaceFile } from "../../../runner/files/replace-file.js";
import { ExitCode } from "../../exit-code.js";
import { UsageError } from "../../options/usage-error.js";

export interface MergeFiles {
  base: string;
  ours: string;
  theirs: string;
}

/**
 * `poolbook merge`: writes the merge into the file of ours. Resolves with the exit code: 0 without conflicts, 1 with conflicts. Texts that
 * are no notebooks are merged by git, line by line; one that is still none is a conflict. Throws the file system's error.
 */
export async function mergeFiles(files: MergeFiles, name: string): Promise<number> {
  const [base, ours, theirs] = await Promise.all(
    [files.base, files.ours, files.theirs].map((each) => readLimited(each)),
  );
  if (!base || !ours || !theirs) {
    throw new UsageError("merge takes three notebooks");
  }
  const sources = notebooksIn([base, ours, theirs], name);
  if (!sources) {
    return await mergeAsText(files);
  }
  const { text, conflicts } = mergeSources(...sources);
  if (!Buffer.from(text).equals(ours)) {
    await replaceFile(files.ours, text);
  }
  for (const conflict of conflicts) {
    console.error(`${name}: ${conflict}`);
  }
  return conflicts.length > 0 ? ExitCode.failed : ExitCode.clean;
}

/** Undefined, and the reason told, where one is no notebook; a base may be empty. */
function notebooksIn(
  [base, ours, theirs]: [Buffer, Buffer, Buffer],
  name: string,
): [NotebookSource | undefined, NotebookSource, NotebookSource] | undefined {
  try {
    const before = base.toString().trim() === "" ? undefined : readNotebookSource(base);
    return [before, readNotebookSource(ours), readNotebookSource(theirs)];
  } catch (error) {
    if (!(error instanceof NotebookFormatError)) {
      throw error;
    }
    console.error(`${name}: merged as text: ${error.message}`);
    return undefined;
  }
}

async function mergeAsText({ base, ours, theirs }: MergeFiles): Promise<number> {
  const labels = ["-L", "ours", "-L", "base", "-L", "theirs"];
  const child = spawn("git", ["merge-file", ...labels, ours, base, theirs], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code]: [number | null] = await Promise.race([
    once(child, "close") as Promise<[number | null]>,
    once(child, "error").then(([cause]) => {
      throw new UsageError("merging a text that is no notebook needs git", { cause });
    }),
  ]);
  const isNotebook = await readLimited(ours)
    .then(readNotebookSource)
    .then(
      () => true,
      () => false,
    );
  return code === 0 && isNotebook ? ExitCode.clean : ExitCode.failed;
}
