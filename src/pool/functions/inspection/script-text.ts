import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** As V8 does it: SHA-256 of the text in UTF-8. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The text of a script's file, where that is what V8 runs: no loader has made it out of the file, nobody has edited it. */
export function textWithHash(url: string, hash: string): string | undefined {
  try {
    const path = url.startsWith("file:") ? fileURLToPath(url.replace(/[?#].*$/, "")) : url;
    const text = readFileSync(path, "utf8");
    // V8 reads no further than to a NUL.
    return hashOf(text) === hash && !text.includes("\0") ? text : undefined;
  } catch {
    return undefined;
  }
}
