// Makes one file of the modules behind the main entry, and another for those that it loads later: a script that imports the
// package finds and reads a dozen files where there are two hundred. The course's entry shares them.
import { readFileSync, rmSync } from "node:fs";
import { relative, resolve } from "node:path";
import { build } from "esbuild";

const chunks = "chunks";

rmSync(`dist/${chunks}`, { recursive: true, force: true });
await build({
  entryPoints: ["dist/index.js", "dist/course/authoring.js"],
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
    js: `import "#dist/needs-node.cjs";
const $own$ = (path) => new URL(path, import.meta.url.slice(0, import.meta.url.lastIndexOf("/dist/") + 6)).href;`,
  },
  logLevel: "warning",
  plugins: [
    {
      name: "files of the package stay where they are",
      setup({ onResolve, onLoad }) {
        // Modules that workers load, too, and one that is a single file already.
        onResolve({ filter: /\.cjs$|\/plot\.js$/ }, ({ resolveDir, path }) => ({
          external: true,
          path: `#dist/${inDist(resolve(resolveDir, path))}`,
        }));
        onLoad({ filter: /\.js$/ }, ({ path }) => ({
          contents: readFileSync(path, "utf8").replaceAll(
            "import.meta.url",
            `$own$(${JSON.stringify(inDist(path))})`,
          ),
        }));
      },
    },
  ],
});

function inDist(path: string): string {
  return relative("dist", path).replaceAll("\\", "/");
}
