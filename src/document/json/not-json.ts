import { stringEnd } from "./json-facts.js";

/** The kind of text that `text` is instead of JSON, as far as that can be told. */
export function notJson(text: string, cause: unknown): string {
  if (text.trim() === "") {
    return "it is empty";
  }
  if (text.startsWith("version https://git-lfs.github.com/spec/")) {
    return "it is a pointer of Git LFS; `git lfs pull` fetches what it stands for";
  }
  if (/^<{7} [\s\S]*^>{7} /m.test(text)) {
    return "it holds conflicts of a merge";
  }
  return `not JSON: ${foreignNumber(text) ?? (cause instanceof Error ? cause.message : String(cause))}`;
}

/** Python writes numbers that JSON does not have. */
function foreignNumber(text: string): string | undefined {
  const token = /"|NaN|-?Infinity/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] !== '"') {
      const line = text.slice(0, match.index).split("\n").length;
      return `line ${line} holds ${match[0]}, which Python writes and JSON does not have`;
    }
    token.lastIndex = stringEnd(text, match.index);
  }
  return undefined;
}
