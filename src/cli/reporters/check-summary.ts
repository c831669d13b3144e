import { appendFile } from "node:fs/promises";
import type { NotebookCheck } from "../../checker/notebook-check.js";
import { isGood, statusWords } from "../../checker/status-words.js";
import { cellName } from "../../document/cell-name.js";
import { formatSeconds } from "../terminal/format-text.js";

/** Adds a summary in Markdown to `file`: a table of the notebooks, those first that something is to be done about. */
export async function addSummary(file: string, command: string, checks: NotebookCheck[]): Promise<void> {
  const good = checks.filter(({ status }) => isGood(status));
  const bad = checks.filter(({ status }) => !isGood(status));
  const rows = [...bad, ...good].map(
    (check) =>
      `| ${escaped(check.path)} | ${statusWords[check.status]} | ${escaped(reason(check))} | ${formatSeconds(check.duration)} |`,
  );
  const head = ["| notebook | result | first finding | time |", "| --- | --- | --- | --- |"];
  const title = `## poolbook ${command}: ${good.length} of ${checks.length} fine`;
  await appendFile(file, `${[title, "", ...head, ...rows].join("\n")}\n\n`);
}

function reason({ problem, cells }: NotebookCheck): string {
  const cell = cells.find(({ differences }) => differences.length > 0);
  return problem ?? (cell ? `${cellName(cell.number, cell.id)}: ${cell.differences[0]?.message}` : "");
}

function escaped(text: string): string {
  return text.replace(/[\\|<>`*_[\]]/g, "\\$&").replace(/\s+/g, " ");
}
