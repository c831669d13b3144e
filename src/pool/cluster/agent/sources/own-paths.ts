import { join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ModulePart, OwnModules, Part } from "../../../wire/function-parts.cjs";
import { decode, encode } from "../../../wire/structured-clone.cjs";
import type { Project, TravellingDefinition } from "../../protocol/sources.js";
import type { SourceCache } from "./source-cache.js";

const poolbook = resolve(fileURLToPath(new URL("../../../../..", import.meta.url)));

/** Leads from paths of a pool's machine to those of this one. */
export class OwnPaths {
  readonly #project: Project;
  readonly #folder: string;
  readonly #cache: SourceCache;

  constructor(project: Project, folder: string, cache: SourceCache) {
    this.#project = project;
    this.#folder = folder;
    this.#cache = cache;
  }

  /** The definition with the paths of this machine. Throws an Error if its sources have not arrived. */
  settle(definition: TravellingDefinition): TravellingDefinition {
    const { tree, folder, hasPaths, parts, role } = definition;
    if (role === "shared") {
      return definition;
    }
    const base = tree === undefined ? this.#folder : this.#cache.folderOf(tree);
    const here = (path: string) => this.here(path, base);
    const settled = { ...definition, folder: here(folder) };
    if (!hasPaths) {
      return settled;
    }
    const value = decode(parts);
    const own =
      role === "modules"
        ? ownModules(value as OwnModules, here)
        : (value as Part[]).map((part) => ownPart(part, here));
    return { ...settled, parts: encode(own) };
  }

  /** An option of Node that names a file, or any other. */
  option(text: string): string {
    const [, name = "", path = text] = /^(--[\w-]+=)(.*)$/s.exec(text) ?? [];
    return name + this.here(path, this.#folder);
  }

  /** A path or a URL of a file; whatever else is left as it is. */
  here(name: string, base: string): string {
    if (name.startsWith("file:")) {
      return pathToFileURL(this.here(fileURLToPath(name), base)).href + (name.endsWith("/") ? "/" : "");
    }
    const { root, poolbook: theirs } = this.#project;
    if (name.startsWith(theirs + sep) && !name.slice(theirs.length).includes("node_modules")) {
      const isProject = root === theirs || root.startsWith(theirs + sep);
      if (!isProject || name.startsWith(join(theirs, "dist") + sep)) {
        return poolbook + name.slice(theirs.length);
      }
    }
    const [before = "", ...inPackages] = name.split(`${sep}node_modules${sep}`);
    if (inPackages.length > 0 && before.startsWith(sep)) {
      return [base, ...inPackages].join(`${sep}node_modules${sep}`);
    }
    return name === root || name.startsWith(root + sep) ? base + name.slice(root.length) : name;
  }
}

function ownPart(part: Part, here: (path: string) => string): Part {
  if (part.kind === "require") {
    return { ...part, module: part.module === undefined ? undefined : here(part.module) };
  }
  return part.kind === "module" ? ownModulePart(part, here) : part;
}

function ownModulePart(part: ModulePart, here: (path: string) => string): ModulePart {
  const { module, importer, after } = part;
  return {
    ...part,
    module: here(module),
    ...(importer !== undefined && { importer: here(importer) }),
    ...(after && { after: after.map((first) => ownModulePart(first, here)) }),
  };
}

function ownModules({ files, resolutions }: OwnModules, here: (path: string) => string): OwnModules {
  return {
    files: files.map((file) => ({ ...file, path: here(file.path) })),
    resolutions: resolutions.map(([folder, request, path]) => [here(folder), request, here(path)]),
  };
}
