import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { Compiler } from "../compiler.js";

// The outlines that the package brings, so that the first kernel on a machine begins as those after it do. Together they
// take little more than one of them, for they say much the same. In the archive a line with a key and a length, in bytes, is
// before each packed outline.

/** The place of the archive. */
export const archive = new URL("./node-outlines.br", import.meta.url);

/** The archive of these outlines, each by the texts that it is of. */
export function packOutlines(
  compiler: Compiler,
  outlines: ReadonlyMap<ReadonlyMap<string, string>, Buffer>,
): Buffer {
  const parts = [...outlines].flatMap(([texts, outline]) => [
    Buffer.from(`${keyOf(compiler, texts)} ${outline.length}\n`),
    outline,
  ]);
  const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS, BROTLI_PARAM_QUALITY } = constants;
  const params = { [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS, [BROTLI_PARAM_QUALITY]: 9 };
  return brotliCompressSync(Buffer.concat(parts), { params });
}

/** The outline that the package brings of just these texts. */
export function broughtOutline(compiler: Compiler, texts: ReadonlyMap<string, string>): Buffer | undefined {
  try {
    const all = brotliDecompressSync(readFileSync(archive));
    const key = `${keyOf(compiler, texts)} `;
    const at = all.indexOf(key);
    if (at < 0) {
      return undefined;
    }
    const start = all.indexOf("\n", at) + 1;
    const length = Number(all.toString("latin1", at + key.length, start));
    return Buffer.from(all.subarray(start, start + length));
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
