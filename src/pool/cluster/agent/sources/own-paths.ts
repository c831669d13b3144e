import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ModulePart, OwnModules, Part } from "../../../wire/function-parts.cjs";
import { decode, encode } from "../../../wire/structured-clone.cjs";
import type { Project, TravellingDefinition } from "../../protocol/sources.js";
import type { OwnFiles } from "./own-files.js";

const poolbook = resolve(fileURLToPath(new URL("../../../../..", import.meta.url)));

/** Leads from paths of a pool's machine to those of this one. */
export class OwnPaths {
  readonly #project: Project;
  readonly #files: OwnFiles;

  constructor(project: Project, files: OwnFiles) {
    this.#project = project;
    this.#files = files;
  }

  /** The definition with the paths of this machine. */
  settle(definition: TravellingDefinition): TravellingDefinition {
    const { folder, hasPaths, parts, role } = definition;
    if (role === "shared") {
      return definition;
    }
    const settled = { ...definition, folder: this.base(folder) };
    if (!hasPaths) {
      return settled;
    }
    const value = decode(parts);
    const own =
      role === "modules"
        ? this.#modules(value as OwnModules)
        : (value as Part[]).map((part) => this.#part(part));
    return { ...settled, parts: encode(own) };
  }

  /** An option of Node that names a file, or any other. */
  option(text: string): string {
    const [, name = "", path = text] = /^(--[\w-]+=)(.*)$/s.exec(text) ?? [];
    return name + this.here(path);
  }

  /** A path or a URL of a file that is loaded; whatever else is left as it is. */
  here(name: string): string {
    return this.#translated(name, (path) => this.#files.placeOf(path));
  }

  /** The same of a folder or a file from which others are looked for, and which need not be there. */
  base(name: string): string {
    return this.#translated(name, (path) => this.#files.baseOf(path));
  }

  /** Text, such as a stack, in which the files that have come have the paths of the pool's machine. */
  there(text: string): string {
    const { root } = this.#files;
    return root === undefined ? text : text.replaceAll(root + sep, this.#project.root + sep);
  }

  #translated(name: string, place: (path: string) => string): string {
    if (name.startsWith("file:")) {
      const path = this.#translated(fileURLToPath(name), place);
      return pathToFileURL(path).href + (name.endsWith("/") ? "/" : "");
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
      return place(join("node_modules", inPackages.join(`${sep}node_modules${sep}`)));
    }
    return name === root || name.startsWith(root + sep) ? place(name.slice(root.length + 1)) : name;
  }

  #part(part: Part): Part {
    if (part.kind === "require") {
      return { ...part, module: part.module === undefined ? undefined : this.base(part.module) };
    }
    return part.kind === "module" ? this.#module(part) : part;
  }

  #module(part: ModulePart): ModulePart {
    const { module, importer, after } = part;
    return {
      ...part,
      module: this.here(module),
      ...(importer !== undefined && { importer: this.base(importer) }),
      ...(after && { after: after.map((first) => this.#module(first)) }),
    };
  }

  #modules({ files, resolutions }: OwnModules): OwnModules {
    const own = resolutions.map(([folder, request, path]) => {
      return [this.base(folder), request, this.here(path)] as const;
    });
    return {
      files: files.map((file) => ({ ...file, path: this.here(file.path) })),
      // Node looks for the others itself, and says so if a package is missing here.
      resolutions: own.filter(([, , path]) => existsSync(path)),
    };
  }
}
