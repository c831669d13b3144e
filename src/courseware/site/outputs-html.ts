import { stripVTControlCharacters } from "node:util";
import { joinLines, type MultilineString, type Output } from "../../document/notebook.js";
import { escapeHtml } from "./escape-html.js";

/** The stored outputs of a cell, folded, so that a reader can guess first; nothing for a cell without any. */
export function outputsHtml(outputs: readonly Output[]): string {
  const shown = outputs.map(outputHtml).join("");
  return shown === ""
    ? ""
    : `<details class="answer"><summary>Show the answer</summary><div class="output">${shown}</div></details>`;
}

function outputHtml(output: Output): string {
  if (output.output_type === "stream") {
    return text(joinLines(output.text));
  }
  if (output.output_type === "error") {
    return text(output.traceback.join("\n") || `${output.ename}: ${output.evalue}`);
  }
  const plain = part(output.data["text/plain"]);
  const picture = pictureHtml(output.data, plain);
  return picture === ""
    ? text(plain)
    : `${picture}<details><summary>The same as a table</summary>${text(plain)}</details>`;
}

function pictureHtml(data: Readonly<Record<string, unknown>>, description: string): string {
  const svg = part(data["image/svg+xml"]);
  if (svg !== "") {
    return `<div class="poolbook-timeline">${svg}</div>`;
  }
  const png = part(data["image/png"]).replace(/\s/g, "");
  return png === "" ? "" : `<img src="data:image/png;base64,${png}" alt="${escapeHtml(description)}">`;
}

function part(value: unknown): string {
  const isText =
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"));
  return isText ? joinLines(value as MultilineString) : "";
}

function text(content: string): string {
  return content === "" ? "" : `<pre tabindex="0">${escapeHtml(stripVTControlCharacters(content))}</pre>`;
}
