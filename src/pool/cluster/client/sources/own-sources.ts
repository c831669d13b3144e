import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { poolbook } from "./project.js";

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
    return resolvePackage(request, folder);
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

/** The file that a name of a package, of the project itself, or of its `imports` means. */
function resolvePackage(request: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, "_")).resolve(request);
  } catch {
    return undefined;
  }
}

/** A source file as it was found. */
export interface OwnSource {
  /** Below the root, with slashes. */
  readonly path: string;
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** The entries and all that they import below the root, without packages. */
export function ownSources(entries: Iterable<string>, root: string): OwnSource[] {
  const found = new Map<string, Buffer>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path) || !isOwn(path, root)) {
      continue;
    }
    const bytes = contentOf(path);
    found.set(path, bytes);
    const folder = dirname(path);
    const requested = path.endsWith(".json") ? [] : requestsIn(bytes.toString());
    queue.push(...requested.flatMap((request) => resolveRequest(request, folder) ?? []));
    queue.push(...settingsAround(folder, root));
  }
  return [...found].map(([path, bytes]) => ({
    path: relative(root, path).split(sep).join("/"),
    hash: createHash("sha256").update(bytes).digest("hex"),
    bytes,
  }));
}

/** The settings of poolbook's own project do not say its name: an agent has a poolbook of its own. */
function contentOf(path: string): Buffer {
  return path === join(poolbook, "package.json") ? Buffer.from(`{ "type": "module" }`) : readFileSync(path);
}

function isOwn(path: string, root: string): boolean {
  const inside = path.startsWith(root + sep) && !path.slice(root.length).includes(`${sep}node_modules${sep}`);
  return inside && !path.startsWith(join(poolbook, "dist") + sep) && existsSync(path);
}

function settingsAround(folder: string, root: string): string[] {
  const here = settings.map((name) => join(folder, name));
  return folder === root || dirname(folder) === folder
    ? here
    : [...here, ...settingsAround(dirname(folder), root)];
}
