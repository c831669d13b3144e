import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser as javascript } from "@lezer/javascript";
import { parser as python } from "@lezer/python";
import { escapeXml } from "../reporters/escape-xml.js";

const parsers: Record<string, Pick<typeof javascript, "parse">> = {
  typescript: javascript.configure({ dialect: "ts jsx" }),
  javascript: javascript.configure({ dialect: "jsx" }),
  python,
};
const aliases: Record<string, string> = {
  ts: "typescript",
  js: "javascript",
  py: "python",
  python3: "python",
};

/** Code with classes for its colours, in the languages that are known. */
export function codeHtml(code: string, language: string): string {
  const name = language.toLowerCase();
  const parser = parsers[aliases[name] ?? name];
  if (!parser) {
    return escapeXml(code);
  }
  const parts: string[] = [];
  const put = (text: string, classes: string) =>
    parts.push(classes === "" ? escapeXml(text) : `<span class="${classes}">${escapeXml(text)}</span>`);
  highlightCode(code, parser.parse(code), classHighlighter, put, () => parts.push("\n"));
  return parts.join("");
}
