import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { Compiler } from "../compiler.js";

// The outlines that the package brings, so that the first kernel on a machine begins as those after it do. Together they
// take little more than one of them, for they say much the same. A line of the archive is a key and an outline.

/** The place of the archive. */
export const archive = new URL("./node-outlines.br", import.meta.url);

/** The archive of these outlines, each by the texts that it is of. */
export function packOutlines(
  compiler: Compiler,
  outlines: ReadonlyMap<ReadonlyMap<string, string>, string>,
): Buffer {
  const lines = [...outlines].map(([texts, outline]) => `${keyOf(compiler, texts)} ${outline}\n`);
  const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS, BROTLI_PARAM_QUALITY } = constants;
  const params = { [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS, [BROTLI_PARAM_QUALITY]: 9 };
  return brotliCompressSync(lines.join(""), { params });
}

/** The outline that the package brings of just these texts. */
export function broughtOutline(compiler: Compiler, texts: ReadonlyMap<string, string>): string | undefined {
  try {
    const lines = brotliDecompressSync(readFileSync(archive));
    const start = `${keyOf(compiler, texts)} `;
    const at = lines.indexOf(start);
    return at < 0 ? undefined : lines.toString("utf8", at + start.length, lines.indexOf("\n", at));
  } catch {
    // Without it, an idle kernel makes one.
    return undefined;
  }
}

function keyOf({ version }: Compiler, texts: ReadonlyMap<string, string>): string {
  const hash = createHash("sha256").update(version);
  for (const [name, text] of texts) {
    hash.update(`\n${name}\n${text.length}\n`).update(text);
  }
  return hash.digest("hex");
}
