import { createHash } from "node:crypto";
import { diffLines } from "../../../document/comparison/lines/diff-lines.js";
import { stringifyJson } from "../../../document/json/exact-json.js";
import { plainText } from "../../../document/mime.js";
import { isCodeCell, type Notebook } from "../../../document/notebook.js";
import { readNotebookSource } from "../../../document/notebook-source.js";
import { markdownText } from "../../../document/percent/markdown-text.js";
import { leaders, percentText } from "../../../document/percent/percent-text.js";
import { readLimited } from "../../../runner/files/read-limited.js";
import { withContext } from "../../reporters/diff-context.js";
import { Screen } from "../../terminal/screen.js";

/**
 * `poolbook diff --git`, as git calls an external diff driver: a path, then file, hash and mode of the old and of the new notebook, and a
 * new path where it was renamed; or the path alone, in a merge. Shows the lines of cells that differ, and the outputs in words.
 */
export async function gitDiff([name = "", oldFile, , , newFile, , , newName]: string[]): Promise<void> {
  const screen = new Screen(process.stdout, process.env.GIT_PAGER_IN_USE === "true");
  screen.line(screen.style("bold", `diff ${name}${newName === undefined ? "" : ` ${newName}`}`));
  if (oldFile === undefined || newFile === undefined) {
    screen.line("in a merge");
    return;
  }
  const [before, now] = [await linesOf(oldFile), await linesOf(newFile)];
  const named = (text: string) => ({ text });
  const changes = diffLines(before.map(named), now.map(named), (a, b) => a.text === b.text);
  if (changes.every(({ mark }) => mark === " ")) {
    screen.line("only counts, or how it is written, differ");
  }
  for (const { mark, text } of withContext(changes, 3)) {
    const line = `${mark}${text}`;
    screen.line(mark === " " ? line : screen.style(mark === "-" ? "red" : "green", line));
  }
}

/** A text that is no notebook, as one in the middle of a merge, is shown as it is. */
async function linesOf(file: string): Promise<string[]> {
  if (file === "/dev/null") {
    return [];
  }
  const bytes = await readLimited(file);
  try {
    return readableLines(readNotebookSource(bytes).notebook);
  } catch {
    return bytes.toString("utf8").split("\n");
  }
}

function readableLines(notebook: Notebook): string[] {
  const isPython = /python/.test(
    String(notebook.metadata.language_info?.name ?? notebook.metadata.kernelspec?.language),
  );
  const leader = leaders[isPython ? "py" : "ts"] ?? "//";
  const outputs = notebook.cells.filter(isCodeCell).map((cell, position) => {
    const shown = markdownText({ ...notebook, cells: [{ ...cell, source: "" }] })
      .split("\n")
      .slice(3);
    const others = cell.outputs.flatMap((output) =>
      "data" in output ? Object.entries(output.data).flatMap(digestOf) : [],
    );
    return cell.outputs.length === 0
      ? []
      : [`${leader} outputs of code cell ${position + 1}`, ...shown, ...others];
  });
  return [...percentText(notebook, leader).split("\n"), ...outputs.flat()];
}

/** A line for data that are not words. */
function digestOf([type, value]: [string, unknown]): string[] {
  const text = Array.isArray(value)
    ? value.join("")
    : typeof value === "string"
      ? value
      : stringifyJson(value);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return type === plainText ? [] : [`[${type}, ${text.length} characters, ${hash}]`];
}
