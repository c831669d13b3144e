import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import type { ConvertedCell, Language, LanguageOptions } from "#dist/kernel/typescript/index.js";
import { createLanguage } from "#dist/kernel/typescript/index.js";

/** A notebook's cells, compiled and run in this process as the kernel does, without the protocol. */
export class Session {
  readonly language: Language;
  readonly exports: Record<string, unknown>;
  readonly require: NodeJS.Require;
  declarations = "";
  cell: ConvertedCell | undefined;
  #count = 0;

  constructor(options: LanguageOptions = {}) {
    this.language = createLanguage(options);
    this.exports = this.language.createExports();
    this.require = createRequire(join(process.cwd(), "cell.js"));
  }

  /** Compiles and runs a cell; gives the value of its last expression. */
  async run(source: string): Promise<unknown> {
    const fileName = `cell[${++this.#count}].ts`;
    const cell = this.language.convert(this.declarations, source, { fileName });
    this.cell = cell;
    const [first] = cell.diagnostics;
    if (first) {
      throw new SyntaxError(`TS${first.code} ${first.start.line + 1}:${first.start.character + 1} ${first.messageText}`);
    }
    this.declarations = cell.declarations;
    Object.assign(globalThis, { __tslab__: { exports: this.exports, require: this.require } });
    const keyword = cell.hasTopLevelAwait ? "async " : "";
    const body = vm.runInThisContext(
      `(${keyword}function (exports, require, __filename, __dirname) {\n${cell.output}\n})`,
      {
        filename: fileName,
        lineOffset: -1,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      },
    );
    const path = join(process.cwd(), fileName);
    await body(this.exports, this.require, path, process.cwd());
    if (cell.lastExpressionName === undefined) {
      return undefined;
    }
    const value = this.exports[cell.lastExpressionName];
    delete this.exports[cell.lastExpressionName];
    return value;
  }
}
