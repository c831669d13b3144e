import { readFile, realpath, stat } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";
import type { FileQuestions } from "./changed-files.js";
import { importedSpecifiers } from "./imported-specifiers.js";
import { hasComputedImport, pythonImports } from "./python-imports.js";
import type { PythonModules } from "./python-modules.js";

const endings = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json"];
const extensions = ["", ...endings.map((each) => `.${each}`), ...endings.map((each) => `/index.${each}`)];

/** Follows the imports of one notebook through the files of its repository, until one is found that has changed. */
export class ImportTracer {
  #changed: FileQuestions;
  #modules: PythonModules;
  #folder: string;
  #seen = new Set<string>();

  constructor(changed: FileQuestions, modules: PythonModules, folder: string) {
    this.#changed = changed;
    this.#modules = modules;
    this.#folder = folder;
  }

  /** The reason for which `code`, which stands in `file`, may do something else now; undefined when there is none. */
  async trace(code: string, file: string, language?: "python" | "script"): Promise<string | undefined> {
    const mentioned = this.#changed.mentionedIn(code);
    if (mentioned !== undefined) {
      return `${this.#name(file)} names ${this.#name(mentioned)}, which has changed`;
    }
    return (
      (language === "python" ? undefined : await this.#traceScript(code, file)) ??
      (language === "script" ? undefined : await this.#tracePython(code, file))
    );
  }

  async #traceScript(code: string, file: string): Promise<string | undefined> {
    for (const specifier of importedSpecifiers(code)) {
      const reason = /^\.{0,2}\//.test(specifier)
        ? await this.#pathReason(specifier, file)
        : await this.#packageReason(specifier, file);
      if (reason !== undefined) {
        return reason;
      }
    }
    return undefined;
  }

  async #tracePython(code: string, file: string): Promise<string | undefined> {
    const hasModules = this.#changed.all.some((each) => each.endsWith(".py"));
    const lockfile = this.#changed.lockfile("python");
    if (hasModules && hasComputedImport(code)) {
      return `${this.#name(file)} imports a module that only running it tells, and modules have changed`;
    }
    for (const each of pythonImports(code)) {
      const files = this.#modules.filesOf(each, file, this.#folder);
      if (files.length === 0 && lockfile !== undefined && each.dots === 0) {
        return `${this.#name(file)} imports ${each.parts.join(".")}, and ${this.#name(lockfile)} has changed`;
      }
      const reason = await this.#follow(files, file, "python");
      if (reason !== undefined) {
        return reason;
      }
    }
    return undefined;
  }

  /** Looks at the files that an import in `importer` may mean, and at what they import. */
  async #follow(
    files: string[],
    importer: string,
    language: "python" | "script",
  ): Promise<string | undefined> {
    for (const file of files) {
      if (this.#changed.has(file)) {
        return `${this.#name(importer)} imports ${this.#name(file)}, which has changed`;
      }
      if (this.#seen.has(file)) {
        continue;
      }
      this.#seen.add(file);
      const text = await readFile(file, "utf8").catch(() => undefined);
      const reason = text === undefined ? undefined : await this.trace(text, file, language);
      if (reason !== undefined) {
        return reason;
      }
    }
    return undefined;
  }

  async #pathReason(specifier: string, file: string): Promise<string | undefined> {
    const candidates = candidatesFor(path.resolve(path.dirname(file), specifier));
    if (!(await Promise.all(candidates.map(isFile))).includes(true)) {
      this.#changed.notFound?.(specifier);
    }
    return await this.#follow(candidates, file, "script");
  }

  async #packageReason(specifier: string, file: string): Promise<string | undefined> {
    if (isBuiltin(specifier) || specifier === "tslab") {
      return undefined;
    }
    const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
    const place = await packageAt(name, path.dirname(file));
    if (place === undefined) {
      this.#changed.notFound?.(specifier);
      const module = this.#changed.all.find((each) => /\.[cm]?[jt]sx?$/.test(each));
      return (
        module &&
        `${this.#name(file)} imports ${specifier}, which is no package, and ${this.#name(module)} has changed`
      );
    }
    if (this.#changed.has(path.join(place, "package.json"))) {
      return `${this.#name(file)} imports ${name}, which has changed`;
    }
    const isInstalled = place?.split(path.sep).includes("node_modules");
    const cause = place && (isInstalled ? this.#changed.lockfile("npm") : this.#changed.within(place));
    return cause && `${this.#name(file)} imports ${name}, and ${this.#name(cause)} has changed`;
  }

  #name(file: string): string {
    return path.relative(this.#changed.root, file);
  }
}

function candidatesFor(base: string): string[] {
  return [...extensions.map((extension) => base + extension), base.replace(/\.([cm]?)js$/, ".$1ts")];
}

async function isFile(place: string): Promise<boolean> {
  return await stat(place).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** The folder of a package that `folder` finds, with links followed. */
async function packageAt(name: string, folder: string): Promise<string | undefined> {
  const place = await realpath(path.join(folder, "node_modules", name)).catch(() => undefined);
  const parent = path.dirname(folder);
  return place ?? (parent === folder ? undefined : await packageAt(name, parent));
}
