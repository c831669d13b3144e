import { stripVTControlCharacters } from "node:util";
import { languageWord } from "../cells-language.js";
import { plainText } from "../mime.js";
import { isCodeCell, joinLines, type MultilineString, type Notebook, type Output } from "../notebook.js";

/** The notebook as Markdown: texts as they are, code in fences, and what outputs say in words. */
export function markdownText(notebook: Notebook): string {
  const language = languageWord(notebook) ?? "";
  const parts = notebook.cells.map((cell) => {
    const source = joinLines(cell.source);
    if (!isCodeCell(cell)) {
      return source;
    }
    const outputs = cell.outputs.map(wordsOf).filter((text) => text !== "");
    return [fenced(source, language), ...outputs.map((text) => fenced(text, "text"))].join("\n\n");
  });
  return `${parts.join("\n\n")}\n`;
}

function wordsOf(output: Output): string {
  if (output.output_type === "stream") {
    return stripVTControlCharacters(joinLines(output.text)).trimEnd();
  }
  if (output.output_type === "error") {
    return `${output.ename}: ${output.evalue}`;
  }
  const text = output.data[plainText];
  return isMultiline(text) ? stripVTControlCharacters(joinLines(text)) : "";
}

function isMultiline(value: unknown): value is MultilineString {
  return typeof value === "string" || Array.isArray(value);
}

/** A fence longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^`+/gm)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
