import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import type { Compiler } from "../compiler.js";

// The outlines that the package brings, so that the first kernel on a machine begins as those after it do. In the archive a
// line with a key and a length, in bytes, is before each packed outline, which is compressed by itself: a kernel needs one.

/** The place of the archive. */
export const archive = new URL("./node-outlines.br", import.meta.url);

/** The archive of these outlines, each by the texts that it is of. */
export function packOutlines(
  compiler: Compiler,
  outlines: ReadonlyMap<ReadonlyMap<string, Buffer>, Buffer>,
): Buffer {
  const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS, BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY } = constants;
  const params = {
    [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS,
    [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY,
  };
  const parts = [...outlines].flatMap(([texts, outline]) => {
    const compressed = brotliCompressSync(outline, { params });
    return [Buffer.from(`${keyOf(compiler, texts)} ${compressed.length}\n`), compressed];
  });
  return Buffer.concat(parts);
}

/** The outline that the package brings of just these texts. */
export function broughtOutline(compiler: Compiler, texts: ReadonlyMap<string, Buffer>): Buffer | undefined {
  try {
    const compressed = compressedOutline(readFileSync(archive), keyOf(compiler, texts));
    return compressed && brotliDecompressSync(compressed);
  } catch {
    // Without it, an idle kernel makes one.
    return undefined;
  }
}

function compressedOutline(all: Buffer, wanted: string): Buffer | undefined {
  for (let at = 0; at < all.length; ) {
    const start = all.indexOf("\n", at) + 1;
    const [key, length] = all.toString("latin1", at, start).split(" ");
    const end = start + Number(length);
    if (key === wanted) {
      return all.subarray(start, end);
    }
    at = end;
  }
  return undefined;
}

function keyOf({ version }: Compiler, texts: ReadonlyMap<string, Buffer>): string {
  const hash = createHash("sha256").update(version);
  for (const [name, text] of texts) {
    hash.update(`\n${name}\n${text.length}\n`).update(text);
  }
  return hash.digest("hex");
}
