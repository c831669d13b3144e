import type ts from "typescript";
import type { Compiler } from "../compiler.js";
import { folderOfNode } from "../running-node.js";
import { NeededUnits } from "./needed-units.js";
import type { PackedOutline } from "./packed-outline.js";
import { wantedBy } from "./wanted.js";

interface Parsed {
  /** The number of units that the text was made of. */
  size: number;
  text: string;
  file: ts.SourceFile;
}

/**
 * The declarations of Node as far as the texts that it is shown can reach them. What is out of reach makes no difference
 * to them; where one may reach anything, it says so.
 */
export class NeededTypes {
  readonly #compiler: Compiler;
  readonly #folder: string;
  readonly #outline: PackedOutline;
  readonly #units: NeededUnits;
  readonly #parsed = new Map<string, Parsed>();
  readonly #shown = new WeakSet<ts.SourceFile>();
  #sizeOfProgram: number | undefined;
  #isEnough = true;

  constructor(compiler: Compiler, outline: PackedOutline) {
    this.#compiler = compiler;
    this.#folder = folderOfNode();
    this.#outline = outline;
    this.#units = new NeededUnits(outline);
  }

  /** False once a text may reach anything. */
  get isEnough(): boolean {
    return this.#isEnough;
  }

  /** Says that a program begins, which asks for files. */
  begin(texts: readonly ts.SourceFile[]): void {
    this.#sizeOfProgram = undefined;
    for (const text of texts) {
      this.show(text);
    }
  }

  /** True when the texts, which are shown by this, can reach what was reached before, and no more. */
  reachesNothingNew(texts: readonly ts.SourceFile[]): boolean {
    const { size } = this.#units;
    for (const text of texts) {
      this.show(text);
    }
    return this.#isEnough && this.#units.size === size;
  }

  /** True when the program has got files before it became known what they need to hold. */
  get hasGrown(): boolean {
    return this.#sizeOfProgram !== undefined && this.#sizeOfProgram !== this.#units.size;
  }

  /** A file of the user's own may be anything. */
  showFile(file: ts.SourceFile): void {
    if (file.isDeclarationFile) {
      this.show(file);
    } else {
      this.#isEnough = false;
    }
  }

  show(file: ts.SourceFile): void {
    if (this.#shown.has(file)) {
      return;
    }
    this.#shown.add(file);
    const isDeclaration = file.isDeclarationFile;
    const wanted = wantedBy(file.text, isDeclaration);
    if (!wanted) {
      this.#isEnough = false;
      return;
    }
    this.#units.addWords(wanted.words);
    for (const module of wanted.modules) {
      this.#units.enter(module);
    }
    for (const module of wanted.wholeModules) {
      this.#units.enterWhole(module);
    }
  }

  /** A module that something imports, if it is not known yet. */
  showImport(module: string): void {
    if (!this.#units.isEntered(module)) {
      this.#units.enterWhole(module);
    }
  }

  /** Undefined of a file that is none of these declarations. */
  get(path: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const parts = path.startsWith(this.#folder)
      ? this.#outline.files[path.slice(this.#folder.length)]
      : undefined;
    if (!parts) {
      return undefined;
    }
    const { size } = this.#units;
    this.#sizeOfProgram ??= size;
    const known = this.#parsed.get(path);
    if (known?.size === size) {
      return known.file;
    }
    const text = parts.map((part) => (typeof part === "string" ? part : this.#textOf(part))).join("");
    const file = known?.text === text ? known.file : this.#parse(path, text, options);
    this.#parsed.set(path, { size, text, file });
    return file;
  }

  #textOf(unit: number): string {
    return this.#units.has(unit) ? this.#outline.unit(unit).text : "";
  }

  #parse(path: string, text: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
    return this.#compiler.createSourceFile(path, text, {
      ...(typeof options === "object" ? options : { languageVersion: options }),
      jsDocParsingMode: this.#compiler.JSDocParsingMode.ParseNone,
    });
  }
}
