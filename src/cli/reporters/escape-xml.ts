import { stripVTControlCharacters } from "node:util";

/** `text` as content or attribute of XML or HTML, without the characters that XML 1.0 does not have. */
export function escapeXml(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
