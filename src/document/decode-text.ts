import { NotebookFormatError } from "./notebook.js";

/**
 * The text that the bytes are in UTF-8, with its byte order mark. Throws NotebookFormatError for anything else: other bytes
 * would become U+FFFD, and be lost where the text is saved.
 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new NotebookFormatError("not UTF-8", { cause });
  }
}
