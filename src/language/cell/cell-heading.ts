import { cellSettings, topComments } from "../compiler/settings.js";

const reference = /^[ \t]*(\/\/\/[ \t]*<reference\b.*)$/gm;

/** The comments at the top of a cell that later cells obey too, one a line: settings and `/// <reference … />`. */
export function cellHeading(text: string): string {
  const settings = Object.entries(cellSettings(text)).map(([name, value]) => `// @${name}: ${value}`);
  const references = [...topComments(text).matchAll(reference)].map(([, line = ""]) => line.trimEnd());
  return [...settings, ...references].map((line) => `${line}\n`).join("");
}
