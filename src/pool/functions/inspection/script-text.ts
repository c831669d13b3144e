import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { notebookSession } from "../notebook-exports.js";
import { isFunction } from "../objects.js";

/** As V8 does it: SHA-256 of the text in UTF-8. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The text of a script as the kernel has it, or its file where that is what V8 runs: no loader has made it out of the
 * file, nobody has edited it.
 */
export function textWithHash(url: string, hash: string): string | undefined {
  const text = cellText(url) ?? fileText(url);
  // V8 reads no further than to a NUL.
  return text !== undefined && hashOf(text) === hash && !text.includes("\0") ? text : undefined;
}

function cellText(fileName: string): string | undefined {
  const ask = notebookSession()?.compiledText;
  const text: unknown = isFunction(ask) ? ask(fileName) : undefined;
  return typeof text === "string" ? text : undefined;
}

function fileText(url: string): string | undefined {
  try {
    return readFileSync(url.startsWith("file:") ? fileURLToPath(url.replace(/[?#].*$/, "")) : url, "utf8");
  } catch {
    return undefined;
  }
}
