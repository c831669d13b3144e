import { createRequire } from "node:module";
import { join } from "node:path";
import { inspect } from "node:util";
import { compile, compiledText } from "#dist/kernel/executor/cell/cell-function.js";
import { tslabPackage } from "#dist/kernel/tslab/package.js";
import {
  createImporter,
  createLanguage,
  type Language,
  type LanguageOptions,
  type StackPosition,
} from "#dist/language/index.js";

/** A notebook's cells, compiled and run in this process as the kernel does it, without the protocol. */
export class Session {
  readonly language: Language;
  exports: Record<string, unknown>;
  readonly require = createRequire(join(process.cwd(), "cell.js"));
  readonly #extension: string;
  declarations = "";
  #count = 0;

  constructor(options: LanguageOptions = {}) {
    this.language = createLanguage({ provided: tslabPackage, ...options });
    this.exports = this.language.createExports();
    this.#extension = options.javascript ? "js" : "ts";
  }

  /** Begins anew with the compiler as warm as it is. */
  forget(): void {
    this.declarations = "";
    this.exports = this.language.createExports();
  }

  /** Compiles and runs a cell; gives the value of its last expression. */
  async run(source: string): Promise<unknown> {
    const fileName = `cell[${++this.#count}].${this.#extension}`;
    const cell = this.language.convert(this.declarations, source, { fileName });
    const [first] = cell.diagnostics;
    if (first) {
      const { line, character } = first.start;
      throw new SyntaxError(`TS${first.code} ${line + 1}:${character + 1} ${first.messageText}`);
    }
    this.declarations = cell.declarations;
    Object.assign(globalThis, {
      __tslab__: {
        exports: this.exports,
        require: this.require,
        importer: createImporter(process.cwd(), this.require),
        ownFiles: (requests: readonly string[]) => this.language.ownFiles(requests),
        compiledText,
        mapStackFrame: (position: StackPosition) => this.language.mapStackFrame(position),
      },
    });
    const path = join(process.cwd(), fileName);
    const mapFrame = (position: StackPosition) => this.language.mapStackFrame(position);
    await compile(cell, fileName, mapFrame)(this.exports, this.require, path, process.cwd(), {});
    const name = cell.lastExpressionName;
    if (name === undefined) {
      return undefined;
    }
    const value = this.exports[name];
    delete this.exports[name];
    return value;
  }

  /** The message with which the compiler refuses a cell. */
  async refusal(source: string): Promise<string> {
    const value = await this.run(source).catch((error: unknown) => error);
    if (value instanceof SyntaxError && value.message.startsWith("TS")) {
      return value.message;
    }
    throw new Error(`Expected the compiler to refuse the cell, got ${inspect(value)}`);
  }
}
