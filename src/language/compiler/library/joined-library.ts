import { join } from "node:path";
import type ts from "typescript";
import type { Compiler } from "../compiler.js";
import { declareUnread } from "./unread-library.js";

const reference = /^\/\/\/ <reference lib="([^"]+)" \/>.*$/gm;
const isModule = /^(?:import|export)\b/m;

/**
 * The declarations of the language, which TypeScript keeps in some ninety files, as one: so the compiler joins the parts
 * of `Array` and its like once, where it reads them, and not again for each cell. The first of the files that the options
 * name has the names of all, and what they declare is read when something asks for it; the others hold nothing. Places in
 * them are not those on the disk.
 */
export class JoinedLibrary {
  readonly #compiler: Compiler;
  readonly #paths: ReadonlySet<string>;
  readonly #first: string;
  readonly #parsed = new Map<string, ts.SourceFile>();
  readonly #references: string;
  readonly #text: string;

  constructor(compiler: Compiler, folder: string, names: readonly string[]) {
    const texts = new Map<string, string>();
    collect(compiler, folder, names, texts);
    const { libs } = compiler;
    const nameOf = (file: string) => file.replace(/^lib\.|\.d\.ts$/g, "");
    const all = [...texts].sort(([one], [other]) => libs.indexOf(nameOf(one)) - libs.indexOf(nameOf(other)));
    const joined = all.filter(([, text]) => !isModule.test(text));
    const modules = all.filter(([, text]) => isModule.test(text));
    // Files that are modules stay apart.
    this.#references = modules.map(([name]) => `/// <reference lib="${nameOf(name)}" />\n`).join("");
    this.#compiler = compiler;
    this.#paths = new Set(joined.map(([name]) => join(folder, name)));
    this.#first = join(folder, names.find((name) => this.#paths.has(join(folder, name))) ?? "");
    this.#text = joined.map(([, text]) => text.replace(reference, "")).join("\n");
  }

  /** Undefined of a file that is none of the library's. */
  get(path: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    if (!this.#paths.has(path)) {
      return undefined;
    }
    const known = this.#parsed.get(path);
    if (known) {
      return known;
    }
    const isFirst = path === this.#first;
    const file = this.#parse(path, isFirst ? this.#references : "", options);
    const isComplete = !isFirst || declareUnread(this.#compiler, file, this.#text);
    const complete = isComplete ? file : this.#parse(path, this.#references + this.#text, options);
    this.#parsed.set(path, complete);
    return complete;
  }

  #parse(path: string, text: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
    return this.#compiler.createSourceFile(path, text, {
      ...(typeof options === "object" ? options : { languageVersion: options }),
      jsDocParsingMode: this.#compiler.JSDocParsingMode.ParseNone,
    });
  }
}

/** Reads files, and those that they refer to. */
function collect(
  compiler: Compiler,
  folder: string,
  names: readonly string[],
  texts: Map<string, string>,
): void {
  for (const name of names) {
    const text = texts.has(name) ? undefined : compiler.sys.readFile(join(folder, name));
    if (text !== undefined) {
      texts.set(name, text);
      const mentioned = [...text.matchAll(reference)].map(
        ([, library = ""]) => compiler.libMap.get(library) ?? "",
      );
      collect(compiler, folder, mentioned, texts);
    }
  }
}
