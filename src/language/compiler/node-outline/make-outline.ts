import { dirname } from "node:path";
import type { Compiler } from "../compiler.js";
import { buildOutline } from "./build-outline.js";
import type { Outline } from "./outline.js";

/** The outline of the declarations of a version of Node, beside the language's. */
export function makeOutline(compiler: Compiler, texts: ReadonlyMap<string, Buffer>): Outline {
  const decoded = new Map([...texts].map(([name, text]) => [name, text.toString()]));
  return buildOutline(compiler, decoded, languageNames(compiler));
}

/** The names that any of the language's libraries declares. */
function languageNames({ getDefaultLibFilePath, sys }: Compiler): Set<string> {
  const folder = dirname(getDefaultLibFilePath({}));
  const files = sys.readDirectory(folder, [".d.ts"], undefined, ["lib.es*"], 1);
  const declared = /^\s*(?:declare )?(?:interface|var|let|const|class|type|namespace|function) ([\w$]+)/gm;
  const texts = files.map((path) => sys.readFile(path) ?? "");
  return new Set(texts.flatMap((text) => [...text.matchAll(declared)].map(([, name = ""]) => name)));
}
