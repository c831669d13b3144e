import { stringifyJson } from "../../document/json/exact-json.js";
import { isImage, isJson, isPixelImage, plainText, svgType } from "../../document/mime.js";
import { joinLines, type MimeBundle, type MultilineString, type Output } from "../../document/notebook.js";
import { terminalText } from "../../document/outputs/terminal-text.js";
import { escapeXml } from "../reporters/escape-xml.js";
import { ansiHtml } from "./ansi-html.js";
import { markdownHtml } from "./markdown-html.js";
import { outputStyle } from "./page-style.js";
import { hasContent, safeHtml } from "./safe-html.js";

/** One output as HTML that runs nothing: the richest of its forms that can be shown so. */
export function outputHtml(output: Output): string {
  if (output.output_type === "stream") {
    return pre(joinLines(output.text), output.name === "stderr" ? "stderr" : "stream");
  }
  if (output.output_type === "error") {
    return pre(output.traceback.join("\n") || `${output.ename}: ${output.evalue}`, "error");
  }
  const plain = textIn(output.data, plainText);
  return (
    markupHtml(output.data) ??
    pictureHtml(output.data, plain ?? "") ??
    markdownOutput(output.data) ??
    (plain === undefined ? undefined : pre(plain, "result")) ??
    restHtml(output.data)
  );
}

/** In a tree of its own, which its styles cannot leave. */
function markupHtml(data: MimeBundle): string | undefined {
  const html = safeHtml(textIn(data, "text/html") ?? "", { keepsStyle: true });
  return hasContent(html)
    ? `<div class="output html"><div><template shadowrootmode="open"><style>${outputStyle}</style>${html}</template></div></div>`
    : undefined;
}

function pictureHtml(data: MimeBundle, description: string): string | undefined {
  const type = [svgType, ...Object.keys(data).filter(isPixelImage)].find(
    (each) => isImage(each) && each in data,
  );
  const content = type === undefined ? undefined : textIn(data, type);
  if (type === undefined || content === undefined) {
    return undefined;
  }
  const base64 = type === svgType ? Buffer.from(content).toString("base64") : content.replace(/\s/g, "");
  return `<div class="output"><img src="data:${escapeXml(type)};base64,${escapeXml(base64)}" alt="${escapeXml(description)}"></div>`;
}

function markdownOutput(data: MimeBundle): string | undefined {
  const source = textIn(data, "text/markdown");
  return source === undefined
    ? undefined
    : `<div class="output text">${markdownHtml({ cell_type: "markdown", source, metadata: {} }, () => undefined)}</div>`;
}

function restHtml(data: MimeBundle): string {
  const latex = textIn(data, "text/latex");
  if (latex !== undefined) {
    return pre(latex, "result");
  }
  const json = Object.keys(data).find(isJson);
  if (json === "application/json") {
    return pre(stringifyJson(data[json], "  "), "result");
  }
  const types = Object.keys(data).join(", ");
  return types === ""
    ? ""
    : `<p class="output note">Not shown, since it needs scripts: ${escapeXml(types)}</p>`;
}

function pre(text: string, kind: string): string {
  return text === "" ? "" : `<pre class="output ${kind}">${ansiHtml(terminalText(text))}</pre>`;
}

function textIn(data: MimeBundle, type: string): string | undefined {
  const value = data[type];
  return isMultiline(value) ? joinLines(value) : undefined;
}

function isMultiline(value: unknown): value is MultilineString {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((line) => typeof line === "string"))
  );
}
