// Makes one file of the modules behind each entry, and others for those that it shares or loads later: a script that imports
// the package, the command and the kernel find and read a dozen files where there are two hundred.
import { readFileSync, rmSync } from "node:fs";
import { relative, resolve } from "node:path";
import { build } from "esbuild";

/** Entries that share modules, with the folder of those. */
interface Group {
  entries: string[];
  chunks: string;
  /** Imported first by every file. */
  first?: string;
  /** A module that whatever is loaded later imports, too, so that it and what it needs are one file, and not one for each set of users. */
  shared?: string;
}

const groups: Group[] = [
  { entries: ["index.js", "course/authoring.js"], chunks: "chunks", first: "#dist/needs-node.cjs" },
  { entries: ["cli/bin.js"], chunks: "cli/chunks", shared: "cli/commands/run-notebooks.js" },
  // Stacks leave out what is in the kernel's folder.
  {
    entries: ["kernel/main.js", "kernel/protocol/protocol-worker.js", "kernel/checking/checking-thread.js"],
    chunks: "kernel/chunks",
  },
];

/** Modules that workers load, too; those that are a single file already; and one whose functions become text as they are. */
const apart = /\.cjs$|\/(run-work|plot|services|runtime-helpers)\.js$/;

for (const { entries, chunks, first, shared } of groups) {
  const later = new Set<string>();
  rmSync(`dist/${chunks}`, { recursive: true, force: true });
  await build({
    entryPoints: entries.map((entry) => `dist/${entry}`),
    outdir: "dist",
    outbase: "dist",
    chunkNames: `${chunks}/[name]-[hash]`,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    banner: {
      js: `${first === undefined ? "" : `import ${JSON.stringify(first)};\n`}const $own$ = (path) => new URL(path, import.meta.url.slice(0, import.meta.url.lastIndexOf("/dist/") + 6)).href;`,
    },
    logLevel: "warning",
    plugins: [
      {
        name: "files of the package stay where they are",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: apart }, ({ kind, resolveDir, path }) =>
            kind === "entry-point"
              ? undefined
              : { external: true, path: `#dist/${inDist(resolve(resolveDir, path))}` },
          );
          onResolve({ filter: /^\./ }, ({ kind, resolveDir, path }) => {
            if (kind === "dynamic-import") {
              later.add(resolve(resolveDir, path));
            }
            return undefined;
          });
          onLoad({ filter: /\.js$/ }, ({ path }) => {
            const text = readFileSync(path, "utf8").replaceAll(
              "import.meta.url",
              `$own$(${JSON.stringify(inDist(path))})`,
            );
            const needsShared = shared !== undefined && later.has(path) && path !== resolve("dist", shared);
            return {
              contents: needsShared ? `import ${JSON.stringify(resolve("dist", shared))};\n${text}` : text,
            };
          });
        },
      },
    ],
  });
}

function inDist(path: string): string {
  return relative("dist", path).replaceAll("\\", "/");
}
