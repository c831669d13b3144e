import type { Compiler } from "../compiler/compiler.js";

/** The comments at the top of a cell that mean something: `@module name`, `@jsx`, `@browser` or `@node`. */
export interface CellMetadata {
  module?: string;
  mode?: "node" | "browser";
  jsx?: boolean;
}

export function cellMetadata(compiler: Compiler, source: string): CellMetadata {
  const metadata: CellMetadata = {};
  for (const { pos, end } of compiler.getLeadingCommentRanges(source, 0) ?? []) {
    const parsed = compiler.parseIsolatedJSDocComment(source.slice(pos, end));
    for (const { tagName, comment } of parsed?.diagnostics.length === 0 ? (parsed.jsDoc?.tags ?? []) : []) {
      const tag = tagName.text;
      if (tag === "module" && typeof comment === "string" && /^\w+$/.test(comment)) {
        metadata.module = comment;
      } else if (tag === "jsx") {
        metadata.jsx = true;
      } else if (tag === "node" || tag === "browser") {
        metadata.mode = tag;
      }
    }
  }
  return metadata;
}
