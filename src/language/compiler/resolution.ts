import { isBuiltin } from "node:module";
import type ts from "typescript";
import type { Compiler } from "./compiler.js";
import { declarationFolder, declarationsOfNode } from "./running-node.js";
import { isInstalled } from "./source-files.js";

type ResolutionRequest = Parameters<NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]>>;
type TypesRequest = Parameters<NonNullable<ts.CompilerHost["resolveTypeReferenceDirectiveReferences"]>>;

/**
 * Packages that every cell can import, wherever the notebook lies: by name, the absolute path of a file that finds them
 * by that name. A single module of a package, such as `a/b`, is that of the notebook's folder where there is one.
 */
export type ProvidedPackages = Readonly<Record<string, string>>;

/** Module resolution that remembers what it found, and looks again for what it did not find. */
export class Resolution {
  readonly #compiler: Compiler;
  readonly #options: ts.CompilerOptions;
  readonly #host: ts.ModuleResolutionHost;
  readonly #directory: string;
  readonly #provided: ProvidedPackages;
  /** Packages that ask for the types of Node get them with those of the cell, after all else. */
  bringsNodeLast = false;
  readonly #unresolved = new Set<string>();
  #mentioned = new Set<string>();
  #cache: ts.ModuleResolutionCache;

  constructor(
    compiler: Compiler,
    options: ts.CompilerOptions,
    host: ts.ModuleResolutionHost,
    { directory, provided }: { directory: string; provided: ProvidedPackages },
  ) {
    this.#compiler = compiler;
    this.#options = options;
    this.#host = host;
    this.#directory = directory;
    this.#provided = provided;
    this.#cache = this.#createCache();
  }

  get cache(): ts.ModuleResolutionCache {
    return this.#cache;
  }

  /** Forgets what was missing: it may have been installed or written since. */
  refresh(): void {
    if (this.#unresolved.size > 0) {
      this.reset();
    }
  }

  /** Forgets everything. */
  reset(): void {
    this.#unresolved.clear();
    this.#cache = this.#createCache();
  }

  /** Node's modules that have been imported since the last call. */
  takeMentioned(): Set<string> {
    const mentioned = this.#mentioned;
    this.#mentioned = new Set();
    return mentioned;
  }

  hasUnresolved(path: string): boolean {
    return this.#unresolved.has(path);
  }

  noteMissing(path: string): void {
    this.#unresolved.add(path);
  }

  /** Takes what TypeScript hands to a host's `resolveModuleNameLiterals`. */
  resolve(
    ...[literals, containingFile, redirected, options, file]: ResolutionRequest
  ): ts.ResolvedModuleWithFailedLookupLocations[] {
    return literals.map((literal) => {
      // Node's own modules are declared, not found in a file, and Node prefers them to packages of their names.
      if (isBuiltin(literal.text)) {
        if (!declarationFolder(containingFile)) {
          this.#mentioned.add(literal.text);
        }
        return { resolvedModule: undefined };
      }
      const mode = this.#compiler.getModeForUsageLocation(file, literal, options);
      const found = this.find(literal.text, containingFile, redirected, mode);
      if (!found.resolvedModule && !isInstalled(containingFile)) {
        this.#unresolved.add(containingFile);
      }
      return found;
    });
  }

  /**
   * Takes what TypeScript hands to a host's `resolveTypeReferenceDirectiveReferences`. Whoever asks for the types of Node
   * gets those of the running one, also a package that brings some of its own.
   */
  resolveTypes(
    ...[references, containingFile, redirected, options, file]: TypesRequest
  ): ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations[] {
    return references.map((reference) => {
      const name = typeof reference === "string" ? reference : reference.fileName;
      if (name === "node") {
        if (this.bringsNodeLast && !containingFile.endsWith("/__inferred type names__.ts")) {
          return { resolvedTypeReferenceDirective: undefined };
        }
        return { resolvedTypeReferenceDirective: { primary: true, resolvedFileName: declarationsOfNode() } };
      }
      const mode =
        typeof reference === "string"
          ? undefined
          : this.#compiler.getModeForFileReference(reference, file?.impliedNodeFormat);
      return this.#compiler.resolveTypeReferenceDirective(
        name,
        containingFile,
        options,
        this.#host,
        redirected,
        undefined,
        mode,
      );
    });
  }

  find(
    specifier: string,
    containingFile: string,
    redirected?: ts.ResolvedProjectReference,
    mode?: ts.ResolutionMode,
  ): ts.ResolvedModuleWithFailedLookupLocations {
    const from = (file: string) =>
      this.#compiler.resolveModuleName(
        specifier,
        file,
        this.#options,
        this.#host,
        this.#cache,
        redirected,
        mode,
      );
    const found = from(this.#provider(specifier) ?? containingFile);
    const substitute = found.resolvedModule ? undefined : this.#provided[specifier];
    // It is brought to cells; what files on disk import is up to Node.
    const isOnDisk = this.#compiler.sys.fileExists(containingFile);
    return substitute !== undefined && !isOnDisk ? from(substitute) : found;
  }

  isProvided(specifier: string): boolean {
    return this.#provider(specifier) !== undefined;
  }

  #provider(specifier: string): string | undefined {
    const name = specifier.split("/")[0] ?? "";
    return Object.hasOwn(this.#provided, name) ? this.#provided[name] : undefined;
  }

  #createCache(): ts.ModuleResolutionCache {
    return this.#compiler.createModuleResolutionCache(this.#directory, (path) => path, this.#options);
  }
}
