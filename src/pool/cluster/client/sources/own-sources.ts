import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { SourceTree } from "../../protocol/sources.js";

/** Literal names in imports, exports from elsewhere, and calls of `import` and `require`; rather too many than too few. */
const specifiers = /(?:\bfrom|\bimport|\brequire(?:\.resolve)?)\s*\(?\s*(["'`])([^"'`\n]+)\1/g;

const extensions = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"];
const compiled = /\.([cm]?)jsx?$/;

/** Read by Node and by loaders beside the sources. */
const settings = ["package.json", "tsconfig.json"];

/** The modules that a text asks for by literal names. */
export function requestsIn(text: string): string[] {
  return [...text.matchAll(specifiers)].flatMap(([, , request]) => request ?? []);
}

/** The file that a relative request of a folder's files means, as Node and the loaders of TypeScript find it. */
export function resolveRequest(request: string, folder: string): string | undefined {
  if (!/^\.{0,2}\//.test(request)) {
    return undefined;
  }
  const path = resolve(folder, request.replace(/[?#].*$/, ""));
  const candidates = [
    ...extensions.map((extension) => path + extension),
    path.replace(compiled, ".$1ts"),
    path.replace(compiled, ".$1tsx"),
    ...extensions.map((extension) => join(path, `index${extension}`)),
  ];
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
}

/** The entries and all that they import below the root, without packages; undefined if there are none. */
export function ownSources(entries: Iterable<string>, root: string): SourceTree | undefined {
  const found = new Map<string, Buffer>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path) || !isOwn(path, root)) {
      continue;
    }
    const bytes = readFileSync(path);
    found.set(path, bytes);
    const folder = dirname(path);
    const requested = path.endsWith(".json") ? [] : requestsIn(bytes.toString());
    queue.push(...requested.flatMap((request) => resolveRequest(request, folder) ?? []));
    queue.push(...settingsAround(folder, root));
  }
  return found.size === 0 ? undefined : treeOf(found, root);
}

function isOwn(path: string, root: string): boolean {
  const inside = path.startsWith(root + sep) && !path.slice(root.length).includes(`${sep}node_modules${sep}`);
  return inside && existsSync(path);
}

function settingsAround(folder: string, root: string): string[] {
  const here = settings.map((name) => join(folder, name));
  return folder === root || dirname(folder) === folder
    ? here
    : [...here, ...settingsAround(dirname(folder), root)];
}

function treeOf(found: ReadonlyMap<string, Buffer>, root: string): SourceTree {
  const files = [...found]
    .map(([path, bytes]) => [relative(root, path).split(sep).join("/"), bytes] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256");
  for (const [path, bytes] of files) {
    hash.update(`${JSON.stringify(path)} ${bytes.length}\n`).update(bytes);
  }
  return { hash: hash.digest("hex"), files };
}
