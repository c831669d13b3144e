import { createRequire } from "node:module";
import { completeness } from "./completeness.js";
import { exportedNames, keepDeclarations } from "./declarations.js";
import type {
  CellMetadata,
  Completion,
  ConvertedCell,
  Declarations,
  Diagnostic,
  DisplayWriter,
  Language,
  LanguageOptions,
} from "./language.js";
import type { SyntaxApi } from "./syntax.js";

const require = createRequire(import.meta.url);
const compilerName = "@tslab/typescript-for-tslab";

interface TslabConversion extends Partial<Omit<ConvertedCell, "declarations">> {
  declOutput?: string;
  hasToplevelAwait?: boolean;
  lastExpressionVar?: string;
  diagnostics: Diagnostic[];
}

interface TslabConverter {
  convert(previous: string, source: string): TslabConversion;
  inspect(previous: string, source: string, offset: number): unknown;
  complete(
    previous: string,
    source: string,
    offset: number,
  ): {
    start: number;
    end: number;
    candidates: string[];
    original?: { entries?: { name: string; kind?: string }[] };
  };
  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[];
  close(): void;
}

interface Tslab {
  compiler: SyntaxApi;
  createConverter(options: { isJS: boolean; isBrowser: boolean }): TslabConverter;
  printQuickInfo(info: unknown): string;
  isCompleteCode(source: string): { indent?: string };
  getCodeMetadata(source: string): CellMetadata;
}

const tslabRequire = createRequire(require.resolve("tslab"));

let publicModule: object | undefined;

/** The module that `import "tslab"` gives to a cell; its displays go to `write`. */
export function loadPublicModule(write: DisplayWriter): object {
  if (!publicModule) {
    publicModule = require("tslab") as object;
    require("tslab/dist/jupyter.js").lastWriteDisplayData = write;
  }
  return publicModule;
}

function load(globals: string | undefined): Tslab {
  const path = tslabRequire.resolve(compilerName);
  const original = tslabRequire(compilerName);
  const compiler = { ...original };
  compiler.createWatchCompilerHost = (rootFiles: string[], ...rest: unknown[]) =>
    original.createWatchCompilerHost(globals ? [...rootFiles, globals] : rootFiles, ...rest);
  const cached = require.cache[path];
  if (cached) {
    cached.exports = compiler;
  }
  return {
    compiler,
    ...require("tslab/dist/converter.js"),
    ...require("tslab/dist/inspect.js"),
    ...require("tslab/dist/metadata.js"),
  };
}

class StockLanguage implements Language {
  readonly version: string = tslabRequire(`${compilerName}/package.json`).version;
  readonly #options: LanguageOptions;
  #tslab: Tslab | undefined;
  readonly #converters = new Map<"node" | "browser", TslabConverter>();

  constructor(options: LanguageOptions) {
    this.#options = options;
  }

  get #api(): Tslab {
    this.#tslab ??= load(this.#options.globals);
    return this.#tslab;
  }

  #converter(mode: "node" | "browser" = "node"): TslabConverter {
    let converter = this.#converters.get(mode);
    if (!converter) {
      converter = this.#api.createConverter({
        isJS: this.#options.javascript ?? false,
        isBrowser: mode === "browser",
      });
      this.#converters.set(mode, converter);
    }
    return converter;
  }

  warm(): void {
    this.#converter();
  }

  metadata(source: string): CellMetadata {
    return this.#api.getCodeMetadata(source);
  }

  convert(previous: Declarations, source: string): ConvertedCell {
    const { declOutput, hasToplevelAwait, lastExpressionVar, ...cell } = this.#converter().convert(
      previous,
      source,
    );
    return {
      output: cell.output ?? "",
      declarations: declOutput ?? "",
      diagnostics: cell.diagnostics,
      hasTopLevelAwait: hasToplevelAwait ?? false,
      lastExpressionName: lastExpressionVar,
      sideOutputs: cell.sideOutputs ?? [],
      names: exportedNames(cell.output ?? "", lastExpressionVar),
    };
  }

  declarationsAfterFailure(
    previous: Declarations,
    cell: ConvertedCell,
    initialised: ReadonlySet<string>,
  ): Declarations {
    const lost = new Set(cell.names.filter((name) => !initialised.has(name)));
    const { compiler } = this.#api;
    return [
      keepDeclarations(compiler, cell.declarations, (name) => !lost.has(name)),
      keepDeclarations(compiler, previous, (name) => lost.has(name)),
    ].join("\n");
  }

  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[] {
    return this.#converter(metadata.mode).addModule(name, source, metadata);
  }

  complete(previous: Declarations, source: string, offset: number): Completion {
    const { start, end, candidates, original } = this.#converter(this.metadata(source).mode).complete(
      previous,
      source,
      offset,
    );
    const kinds = new Map(original?.entries?.map(({ name, kind }) => [name, kind]));
    return { start, end, matches: candidates.map((text) => ({ text, type: kinds.get(text) })) };
  }

  inspect(previous: Declarations, source: string, offset: number): string | undefined {
    const info = this.#converter(this.metadata(source).mode).inspect(previous, source, offset);
    const text = info ? this.#api.printQuickInfo(info) : "";
    return text === "" || text === "any" ? undefined : text;
  }

  completeness(source: string): ReturnType<Language["completeness"]> {
    const { compiler, isCompleteCode } = this.#api;
    return completeness(compiler, source, () => isCompleteCode(source).indent);
  }

  createExports(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    return new Proxy(values, {
      // TypeScript exports a named import as a getter, which a later cell could not declare again.
      defineProperty: (_target, name, descriptor) => {
        if (name !== "__esModule") {
          values[name as string] = descriptor.get ? descriptor.get() : descriptor.value;
        }
        return true;
      },
    });
  }

  mapStackFrame(): undefined {
    return undefined;
  }

  close(): void {
    for (const converter of this.#converters.values()) {
      converter.close();
    }
  }
}

/** The language of the cells; cheap, because the compiler is loaded by the first call that needs it. */
export function createLanguage(options: LanguageOptions = {}): Language {
  return new StockLanguage(options);
}
