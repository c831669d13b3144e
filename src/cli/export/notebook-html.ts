import { languageWord } from "../../document/cells-language.js";
import { type Cell, type CodeCell, isCodeCell, joinLines, type Notebook } from "../../document/notebook.js";
import { recordOf } from "../../document/record.js";
import { escapeXml } from "../reporters/escape-xml.js";
import { codeHtml } from "./code-html.js";
import { markdownHtml } from "./markdown-html.js";
import { outputHtml } from "./output-html.js";
import { pageStyle } from "./page-style.js";
import { safeHtml } from "./safe-html.js";

export interface HtmlOptions {
  /** The page's title, where the notebook has none. */
  name: string;
  /** Leaves all code out. */
  noInput?: boolean;
  /** The `data:` URL of a file that Markdown shows; undefined where there is none. */
  embed: (address: string) => string | undefined;
}

/**
 * A notebook as one page that needs nothing else and runs nothing: code with colours, Markdown, and the stored outputs, of which all that
 * could run or load is left out; the page forbids it, too.
 *
 * Heeded are nbconvert's and Jupyter Book's tags (`remove-cell`, `remove-input`, `remove-output`, `hide-…`), and what Jupyter marks as hidden.
 */
export function notebookHtml(notebook: Notebook, options: HtmlOptions): string {
  const { metadata, cells } = notebook;
  const language = languageWord(notebook) ?? "";
  const body = cells.map((cell) => cellHtml(cell, language, options)).filter((html) => html !== "");
  return `<!doctype html>
<html lang="${escapeXml(typeof metadata.lang === "string" ? metadata.lang : "en")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
<title>${escapeXml(titleOf(notebook) ?? options.name)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
${body.join("\n")}
</main>
</body>
</html>
`;
}

function titleOf({ metadata, cells }: Notebook): string | undefined {
  if (typeof metadata.title === "string") {
    return metadata.title;
  }
  const texts = cells
    .filter(({ cell_type }) => cell_type === "markdown")
    .map(({ source }) => joinLines(source));
  return texts.map((text) => /^#[ \t]+(.+?)[ \t#]*$/m.exec(text)?.[1]).find((title) => title !== undefined);
}

function cellHtml(cell: Cell, language: string, options: HtmlOptions): string {
  const tags = Array.isArray(cell.metadata.tags) ? cell.metadata.tags : [];
  if (tags.includes("remove-cell") || tags.includes("remove_cell")) {
    return "";
  }
  const html = isCodeCell(cell) ? codeCell(cell, language, options) : textCell(cell, options);
  return tags.includes("hide-cell") && html !== "" ? folded("Cell", html) : html;
}

function textCell(cell: Cell, { embed }: HtmlOptions): string {
  if (cell.cell_type === "markdown") {
    return `<div class="text">${markdownHtml(cell, embed)}</div>`;
  }
  const { raw_mimetype, format } = cell.metadata;
  return (raw_mimetype ?? format) === "text/html"
    ? `<div class="text">${safeHtml(joinLines(cell.source), { embed })}</div>`
    : "";
}

function codeCell(cell: CodeCell, language: string, { noInput }: HtmlOptions): string {
  const tags = cell.metadata.tags ?? [];
  const { source_hidden, outputs_hidden } = recordOf(cell.metadata.jupyter);
  const has = (name: string) => tags.includes(name) || tags.includes(name.replace("-", "_"));
  const source = joinLines(cell.source);
  const isBare = noInput || has("remove-input") || source_hidden === true || source.trim() === "";
  const prompt = cell.execution_count === null ? "" : `<span class="prompt">[${cell.execution_count}]</span>`;
  const input = isBare
    ? ""
    : `<div class="input">${prompt}<pre class="source"><code>${codeHtml(source, language)}</code></pre></div>`;
  const outputs = has("remove-output") ? "" : cell.outputs.map(outputHtml).join("\n");
  const isFolded = has("hide-output") || outputs_hidden === true || cell.metadata.collapsed === true;
  const parts = [
    input !== "" && has("hide-input") ? folded("Code", input) : input,
    outputs !== "" && isFolded ? folded("Output", outputs) : outputs,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `<div class="code">\n${parts.join("\n")}\n</div>`;
}

function folded(name: string, html: string): string {
  return `<details><summary>${name}</summary>${html}</details>`;
}
