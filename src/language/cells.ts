import type { CellCompiler } from "./cell-compiler.js";
import { compilerVersion, loadCompiler, storeCompilerCode } from "./compiler/compiler.js";
import type {
  CellMetadata,
  Completion,
  ConvertedCell,
  Declarations,
  Diagnostic,
  Language,
  LanguageOptions,
  StackPosition,
} from "./language.js";
import { LocalModules } from "./modules/local-modules.js";
import { SourceMaps } from "./modules/source-maps.js";
import { completeness } from "./questions/completeness.js";
import { type Import, importsIn, keepDeclarations, mergeDeclarations } from "./session/declarations.js";
import { prologue } from "./transform/prologue.js";
import { type Converter, createConverter, disguisedAwait, loadTslab } from "./tslab.js";

interface Half {
  converter: Converter;
  compiler: CellCompiler;
}

/** Today's TypeScript as the language of the cells, through tslab's converter. */
export class CellLanguage implements Language {
  readonly version = compilerVersion;
  readonly #options: LanguageOptions;
  readonly #halves = new Map<"node" | "browser", Half>();
  readonly #sourceMaps = new SourceMaps();
  #modules: LocalModules | undefined;
  #isStored = false;

  constructor(options: LanguageOptions) {
    this.#options = options;
  }

  #half(mode: "node" | "browser" = "node"): Half {
    let half = this.#halves.get(mode);
    if (!half) {
      half = createConverter(this.#options, { isBrowser: mode === "browser" });
      this.#halves.set(mode, half);
    }
    return half;
  }

  load(): void {
    this.#half();
  }

  warm(): void {
    const { converter, compiler } = this.#half();
    converter.convert("", "0;");
    compiler.takeCompiled();
    this.#storeCode();
  }

  loadAllTypes(): void {
    this.#half().compiler.withAllTypes(() => this.warm());
    // More of it has run than when it was first stored.
    storeCompilerCode();
  }

  #storeCode(): void {
    if (!this.#isStored) {
      this.#isStored = true;
      storeCompilerCode();
    }
  }

  /** The half with every declaration, for questions about what there is. */
  #wholeHalf(source: string): Half {
    const half = this.#half(this.metadata(source).mode);
    half.compiler.loadAllTypes();
    return half;
  }

  metadata(source: string): CellMetadata {
    return loadTslab().getCodeMetadata(source);
  }

  convert(previous: Declarations, source: string, { fileName }: { fileName: string }): ConvertedCell {
    const { converter, compiler } = this.#half();
    const nothing = { output: "", declarations: "", hasTopLevelAwait: false, sideOutputs: [], names: [] };
    const imports = this.#changedImports(compiler, previous);
    try {
      const { output = "", sideOutputs = [], ...result } = converter.convert(previous, source);
      const diagnostics = [...result.diagnostics, ...compiler.takeDiagnosticsElsewhere()];
      const compiled = compiler.takeCompiled();
      if (diagnostics.length > 0 || !compiled) {
        return { ...nothing, diagnostics: diagnostics.map(undisguised) };
      }
      this.#sourceMaps.set(fileName, compiled.sourceMap, 1);
      return {
        output:
          prologue(compiled.helpers, { strict: !this.#options.javascript, imports }) +
          withoutMapReference(output),
        declarations: mergeDeclarations(loadCompiler(), previous, compiled.declarations, compiled.ambient),
        diagnostics: [],
        hasTopLevelAwait: compiled.hasTopLevelAwait,
        lastExpressionName: compiled.lastExpressionName,
        sideOutputs,
        names: compiled.names,
      };
    } finally {
      compiler.takeCompiled();
      this.#storeCode();
    }
  }

  /** What earlier cells imported from files that have changed since. */
  #changedImports(compiler: CellCompiler, previous: Declarations): Import[] {
    if (!this.#modules) {
      this.#modules = new LocalModules(compiler.options, this.#sourceMaps);
      this.#modules.install();
    }
    const changed = this.#modules.refresh();
    return changed.size === 0
      ? []
      : importsIn(loadCompiler(), previous).filter(({ from }) => changed.has(compiler.fileOf(from) ?? ""));
  }

  declarationsAfterFailure(
    previous: Declarations,
    cell: ConvertedCell,
    initialised: ReadonlySet<string>,
  ): Declarations {
    const lost = new Set(cell.names.filter((name) => !initialised.has(name)));
    const compiler = loadCompiler();
    return [
      keepDeclarations(compiler, previous, (name) => lost.has(name)),
      keepDeclarations(compiler, cell.declarations, (name) => !lost.has(name)),
    ].join("");
  }

  addModule(name: string, source: string, metadata: CellMetadata): Diagnostic[] {
    return this.#half(metadata.mode).converter.addModule(name, source, metadata).map(undisguised);
  }

  complete(previous: Declarations, source: string, offset: number): Completion {
    const { converter } = this.#wholeHalf(source);
    const { start, end, candidates, original } = converter.complete(previous, source, offset);
    const kinds = new Map(original?.entries?.map(({ name, kind }) => [name, kind]));
    return { start, end, matches: candidates.map((text) => ({ text, type: kinds.get(text) })) };
  }

  inspect(previous: Declarations, source: string, offset: number): string | undefined {
    const { converter } = this.#wholeHalf(source);
    const info = converter.inspect(previous, source, offset);
    const text = info ? loadTslab().printQuickInfo(info) : "";
    return text === "" || text === "any" ? undefined : text;
  }

  completeness(source: string): ReturnType<Language["completeness"]> {
    return completeness(loadCompiler(), source, () => loadTslab().isCompleteCode(source).indent);
  }

  createExports(): Record<string, unknown> {
    return new NotebookVariables();
  }

  mapStackFrame(position: StackPosition): StackPosition | undefined {
    return this.#sourceMaps.find(position);
  }

  close(): void {
    this.#modules?.uninstall();
    for (const { converter } of this.#halves.values()) {
      converter.close();
    }
  }
}

/** Has no names but the notebook's, not even inherited ones; V8 is slow with an object that has no prototype. */
class NotebookVariables {
  [name: string]: unknown;
}
Object.setPrototypeOf(NotebookVariables.prototype, null);
Reflect.deleteProperty(NotebookVariables.prototype, "constructor");

function undisguised(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === disguisedAwait ? { ...diagnostic, code: -disguisedAwait } : diagnostic;
}

function withoutMapReference(output: string): string {
  return output.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
}
