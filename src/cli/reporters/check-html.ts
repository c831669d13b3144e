import type { CellCheck, Difference, DiffLine, NotebookCheck } from "../../checker/notebook-check.js";
import { isGood, statusWords } from "../../checker/status-words.js";
import { cellName } from "../../document/cell-name.js";
import { isNotCompared } from "../../document/comparison/not-compared.js";
import { formatMemory, formatSeconds } from "../terminal/format-text.js";
import { styleSheet } from "./check-html-style.js";
import { totalsOf } from "./check-totals.js";
import { withContext } from "./diff-context.js";
import { escapeXml } from "./escape-xml.js";

function marked(status: NotebookCheck["status"] | CellCheck["status"]): string {
  const isNeither =
    status === "not-run" || status === "skipped" || status === "not-compared" || status === "passed-over";
  const mark = status === "equal" || status === "well-typed" ? "✓" : isNeither ? "–" : "✗";
  return `${mark} ${statusWords[status]}`;
}

/**
 * One page that needs nothing else: a summary, every notebook with its times, and each difference side by side. Outputs are
 * shown as text and pictures, and the page forbids itself all scripts.
 */
export function htmlReport(checks: NotebookCheck[], date: Date, command = "check"): string {
  const totals = totalsOf(checks);
  const { notebooks, equal, notCompared, different, failed, couldNotRun, flaky, duration } = totals;
  const numbers = [
    [couldNotRun, "could not be run"],
    [failed, "failed"],
    [different, "different"],
    [flaky.length, "flaky"],
    [totals.illTyped, "with type errors"],
    [notCompared, "not compared"],
    [equal, "equal"],
    [totals.ran, "ran"],
    [totals.wellTyped, "without type errors"],
    [totals.passedOver, "passed over"],
  ] as const;
  const worstFirst = [...checks].sort((a, b) => severity(b) - severity(a));
  const summary = numbers
    .filter(([number]) => number > 0)
    .map(([number, what]) => `<li><b>${number}</b> ${what}</li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>poolbook ${command}: ${equal + totals.wellTyped} of ${notebooks} ${command === "check" ? "equal" : "without type errors"}</title>
<style>${styleSheet}</style>
</head>
<body>
<header>
<h1>poolbook ${command}</h1>
<ul class="summary">${summary.join("")}</ul>
<p>${notebooks === 1 ? "1 notebook" : `${notebooks} notebooks`}, ${formatSeconds(duration)}, ${escapeXml(date.toISOString().slice(0, 16).replace("T", " "))} UTC</p>
</header>
<main>
<table><thead><tr><th>notebook</th><th>result</th><th>cells</th><th>time</th></tr></thead><tbody>
${worstFirst.map(summaryRow).join("\n")}
</tbody></table>
${worstFirst.map(notebookSection).join("\n")}
</main>
</body>
</html>
`;
}

/** Notebooks with the same are told of in the order in which they were named. */
function severity({ status, isFlaky }: NotebookCheck): number {
  const order = ["equal", "not-compared", "interrupted", "ill-typed", "different", "failed", "could-not-run"];
  return order.indexOf(status) + (isFlaky ? 0.5 : 0);
}

function summaryRow(check: NotebookCheck, index: number): string {
  const result = check.isFlaky ? `${marked(check.status)}, flaky` : marked(check.status);
  return `<tr class="${check.status}"><td><a href="#notebook-${index + 1}">${escapeXml(check.path)}</a></td><td>${result}</td><td>${check.cells.length}</td><td>${formatSeconds(check.duration)}</td></tr>`;
}

function notebookSection(check: NotebookCheck, index: number): string {
  const flaky = check.isFlaky ? `<p>Equal only in attempt ${check.attempts}.</p>` : "";
  const problem = check.problem === undefined ? "" : `<p class="problem">${escapeXml(check.problem)}</p>`;
  const bad = check.cells.filter(({ differences }) => differences.length > 0);
  const cells =
    check.cells.length === 0
      ? ""
      : `<details><summary>All cells and times</summary>${cellTable(check)}</details>`;
  const id = `notebook-${index + 1}`;
  if (isGood(check.status) && !check.isFlaky) {
    return `<details id="${id}"><summary>${escapeXml(check.path)}</summary>${problem}${cells}</details>`;
  }
  return `<section id="${id}"><h2>${escapeXml(check.path)}</h2>${problem}${flaky}
${bad.map(cellArticle).join("\n")}
${cells}</section>`;
}

function cellTable({ cells }: NotebookCheck): string {
  const rows = cells.map((cell) => {
    const result = [marked(cell.status), ...(isNotCompared(cell.notes) ? [] : cell.notes)].join(", ");
    return `<tr class="${cell.status}"><td>${escapeXml(cellName(cell.number, cell.id))}</td><td>${escapeXml(result)}</td><td>${formatSeconds(cell.duration)}</td><td>${formatMemory(cell.peakMemory)}</td></tr>`;
  });
  return `<table><thead><tr><th>cell</th><th>result</th><th>time</th><th>memory</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function cellArticle(cell: CellCheck): string {
  return `<article><h3>${escapeXml(cellName(cell.number, cell.id))} <small>${marked(cell.status)}</small></h3>
<pre class="source">${escapeXml(cell.source)}</pre>
${cell.differences.map(differenceBlock).join("\n")}</article>`;
}

function differenceBlock(difference: Difference): string {
  const { message, lines, pictures, kind } = difference;
  const isPlain = kind === "status" || kind === "type";
  const text = lines.length === 0 ? "" : isPlain ? plainLines(lines) : sideBySide(lines);
  return `<h4>${escapeXml(message)}</h4>${text}${pictures ? pictureRow(pictures) : ""}`;
}

function plainLines(lines: DiffLine[]): string {
  return `<pre>${lines.map(({ text }) => escapeXml(text)).join("\n")}</pre>`;
}

/** The stored lines on the left and the fresh ones on the right; lines that stand in the same place share a row. */
function sideBySide(lines: DiffLine[]): string {
  const rows: [stored: DiffLine | undefined, fresh: DiffLine | undefined][] = [];
  const shown = withContext(lines, 3);
  for (let position = 0; position < shown.length; ) {
    const equal = shown[position];
    if (equal?.mark === " ") {
      rows.push([equal, equal]);
      position++;
      continue;
    }
    const [removed, added] = [takeWhile(shown, position, "-"), takeWhile(shown, position, "+")];
    const end = Math.max(removed.length, added.length);
    for (let index = 0; index < end; index++) {
      rows.push([removed[index], added[index]]);
    }
    position += removed.length + added.length;
  }
  const body = rows.map(([stored, fresh]) => `<tr>${sideCell(stored, "-")}${sideCell(fresh, "+")}</tr>`);
  return `<table class="diff"><thead><tr><th>− stored</th><th>+ fresh</th></tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/** The lines with this mark in the block of changes that begins at `position`. */
function takeWhile(lines: DiffLine[], position: number, mark: DiffLine["mark"]): DiffLine[] {
  const end = lines.findIndex((line, index) => index >= position && line.mark === " ");
  return lines.slice(position, end < 0 ? undefined : end).filter((line) => line.mark === mark);
}

function sideCell(line: DiffLine | undefined, side: "-" | "+"): string {
  if (!line) {
    return "<td></td>";
  }
  const isChanged = line.mark !== " ";
  const [name, mark] = !isChanged ? ["same", " "] : side === "-" ? ["stored", "−"] : ["fresh", "+"];
  return `<td class="${name}"><code><span class="mark">${mark}</span> ${escapeXml(line.text)}</code></td>`;
}

function pictureRow({ stored, fresh }: NonNullable<Difference["pictures"]>): string {
  const figure = (name: string, url: string | undefined) =>
    `<figure><figcaption>${name}</figcaption>${url ? `<img alt="${name} picture" src="${escapeXml(url)}">` : "none"}</figure>`;
  return `<div class="pictures">${figure("stored", stored)}${figure("fresh", fresh)}</div>`;
}
