// Makes one file of the modules behind each entry, and others for those that it shares or loads later: a script that imports
// the package, the command and the kernel find and read a dozen files where there are two hundred.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { build } from "esbuild";
import { requireNodesModules } from "./node-modules.js";

/** Entries that share modules, with the folder of those. */
interface Group {
  entries: string[];
  chunks: string;
  /** Imported first by every file. */
  first?: string;
  /** CommonJS modules become part of the files, from their sources, whose modules become one scope. */
  oneScope?: boolean;
  /** A module that whatever is loaded later imports, too, so that it and what it needs are one file, and not one for each set of users. With `oneScope` the other entries do, too. */
  shared?: string;
}

const groups: Group[] = [
  {
    entries: ["index.js", "course/authoring.js"],
    chunks: "chunks",
    first: "#dist/needs-node.cjs",
    oneScope: true,
    shared: "index.js",
  },
  { entries: ["cli/bin.js"], chunks: "cli/chunks", shared: "cli/commands/run-notebooks.js" },
  // Stacks leave out what is in the kernel's folder.
  {
    entries: ["kernel/main.js", "kernel/protocol/protocol-worker.js", "kernel/checking/checking-thread.js"],
    chunks: "kernel/chunks",
  },
];

/** CommonJS modules that become part of an ES module ask it for Node's own. */
const requireOfModule =
  'import { createRequire as $createRequire$ } from "node:module"; const require = $createRequire$(import.meta.url); const $peer$ = (name) => require(name);\n';

/** Modules that workers load, too; those that are a single file already; and one whose functions become text as they are. */
const apart = /\.cjs$|\/(run-work|plot|services|runtime-helpers)\.js$/;

for (const { entries, chunks, first, oneScope = false, shared } of groups) {
  const later = new Set<string>();
  rmSync(`dist/${chunks}`, { recursive: true, force: true });
  const { outputFiles } = await build({
    entryPoints: entries.map((entry) => `dist/${entry}`),
    outdir: "dist",
    outbase: "dist",
    chunkNames: `${chunks}/[name]-[hash]`,
    write: false,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    banner: {
      js: `${oneScope ? requireOfModule : ""}${first === undefined ? "" : `import ${JSON.stringify(first)};\n`}const $own$ = (path) => new URL(path, import.meta.url.slice(0, import.meta.url.lastIndexOf("/dist/") + 6)).href;`,
    },
    logLevel: "warning",
    plugins: [
      {
        name: "files of the package stay where they are",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: apart }, ({ kind, resolveDir, path }) => {
            if (kind === "entry-point") {
              return undefined;
            }
            const file = inDist(resolve(resolveDir, path));
            return oneScope && file.endsWith(".cjs") && `#dist/${file}` !== first
              ? { path: resolve("src", file.replace(/cjs$/, "cts")) }
              : { external: true, path: `#dist/${file}` };
          });
          onResolve({ filter: /^\./ }, ({ kind, resolveDir, path }) => {
            if (kind === "dynamic-import") {
              later.add(resolve(resolveDir, path));
            }
            return undefined;
          });
          onLoad({ filter: /\.cts$/ }, ({ path }) => ({
            contents: readFileSync(path, "utf8").replaceAll(
              "__dirname",
              `require("node:url").fileURLToPath($own$(${JSON.stringify(dirname(relative("src", path)).replaceAll("\\", "/"))}))`,
            ),
            loader: "ts",
          }));
          onLoad({ filter: /\.js$/ }, ({ path }) => {
            const text = readFileSync(path, "utf8").replaceAll(
              "import.meta.url",
              `$own$(${JSON.stringify(inDist(path))})`,
            );
            const needsShared =
              shared !== undefined &&
              path !== resolve("dist", shared) &&
              (later.has(path) || (oneScope && entries.includes(inDist(path))));
            return {
              contents: needsShared ? `import ${JSON.stringify(resolve("dist", shared))};\n${text}` : text,
            };
          });
        },
      },
    ],
  });
  mkdirSync(`dist/${chunks}`, { recursive: true });
  for (const { path, text } of outputFiles) {
    writeFileSync(path, oneScope ? requireNodesModules(text) : text);
  }
}

function inDist(path: string): string {
  return relative("dist", path).replaceAll("\\", "/");
}
