import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionDefinition } from "../../../functions/definition.js";
import type { ModulePart, OwnModules, Part } from "../../../wire/function-parts.cjs";
import { decode } from "../../../wire/structured-clone.cjs";
import type { TravellingDefinition } from "../../protocol/sources.js";
import { type OwnSource, ownSources, requestsIn, resolveRequest } from "./own-sources.js";

export interface Travelling {
  readonly definition: TravellingDefinition;
  readonly sources: readonly OwnSource[];
}

const known = new WeakMap<FunctionDefinition, Travelling>();

/** Adds to a definition the sources that it names, and whatever they import of the user's own. */
export function travelling(definition: FunctionDefinition, root: string): Travelling {
  const last = known.get(definition);
  if (last) {
    return last;
  }
  const { hasPaths, entries } = filesOf(definition);
  const needs: FunctionDefinition[] = [];
  const made = { definition: { ...definition, needs, hasPaths }, sources: ownSources(entries, root) };
  known.set(definition, made);
  return made;
}

interface NamedFiles {
  readonly hasPaths: boolean;
  readonly entries: string[];
}

function filesOf({ role, parts, folder }: FunctionDefinition): NamedFiles {
  if (role === "shared") {
    return { hasPaths: false, entries: [] };
  }
  const value = decode(parts);
  if (role === "modules") {
    return { hasPaths: true, entries: (value as OwnModules).files.map(({ path }) => path) };
  }
  const list = value as Part[];
  const modules = list
    .filter((part) => part.kind === "module")
    .filter(({ module }) => !/^node:/.test(module));
  const requires = list.flatMap((part) => (part.kind === "require" ? [part.module ?? `${folder}/`] : []));
  const folders = [folder, ...requires.map((path) => dirname(path))];
  const requests = list.flatMap((part) => (part.kind === "function" ? requestsIn(part.expression) : []));
  const asked = requests.flatMap((request) => folders.flatMap((one) => resolveRequest(request, one) ?? []));
  return {
    hasPaths: modules.length + requires.length > 0,
    entries: [...modules.flatMap((part) => fileOf(part) ?? []), ...asked],
  };
}

function fileOf({ module, importer }: ModulePart): string | undefined {
  if (module.startsWith("file:")) {
    return fileURLToPath(module);
  }
  return resolveRequest(module, importer === undefined ? "/" : dirname(fileURLToPath(importer)));
}
