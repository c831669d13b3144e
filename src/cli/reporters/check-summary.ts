import type { NotebookCheck } from "../../checker/notebook-check.js";
import { isGood, statusWords } from "../../checker/status-words.js";
import { cellName } from "../../document/cell-name.js";
import { formatSeconds } from "../terminal/format-text.js";

/** A summary in Markdown: a table of the notebooks, those first that something is to be done about. */
export function summaryOf(command: string, checks: NotebookCheck[]): string {
  const good = checks.filter(({ status }) => isGood(status));
  const bad = checks.filter(({ status }) => !isGood(status));
  const rows = [...bad, ...good].map(
    (check) =>
      `| ${escaped(check.path)} | ${statusWords[check.status]} | ${escaped(reason(check))} | ${formatSeconds(check.duration)} |`,
  );
  const head = ["| notebook | result | first finding | time |", "| --- | --- | --- | --- |"];
  const title = `## poolbook ${command}: ${good.length} of ${checks.length} fine`;
  return `${[title, "", ...head, ...rows].join("\n")}\n\n`;
}

function reason({ problem, cells }: NotebookCheck): string {
  const cell = cells.find(({ differences }) => differences.length > 0);
  return problem ?? (cell ? `${cellName(cell.number, cell.id)}: ${cell.differences[0]?.message}` : "");
}

function escaped(text: string): string {
  return text.replace(/[\\|<>`*_[\]]/g, "\\$&").replace(/\s+/g, " ");
}
