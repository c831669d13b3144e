// Makes one file of each module in dist that is a door to other people's code, with that code, and writes the licences of
// all that is inside to dist/third-party-licenses.txt.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

const small: BuildOptions = { minifyWhitespace: true, minifySyntax: true };
const module: BuildOptions = { ...small, format: "esm" };

/** CommonJS modules inside ask it for Node's own. */
const requireOfModule =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** The modules, and the choices for each. */
const doors: Record<string, BuildOptions> = {
  // From its source, whose modules become one scope: a worker has less to compile, and calls its functions as such.
  "dist/pool/worker/worker.cjs": { ...small, entryPoints: ["src/pool/worker/worker.cts"], target: "es2022" },
  "dist/runner/kernels/services.js": { ...module, banner: { js: requireOfModule } },
  "dist/course/timeline/plot.js": { ...module, minifyIdentifiers: true },
};

const jupyters = "node_modules/@jupyter/builder";

const packages = new Set<string>();
for (const [file, options] of Object.entries(doors)) {
  const { metafile } = await build({
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    legalComments: "none",
    logLevel: "warning",
    ...options,
    metafile: true,
  });
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined && bytesInOutput > 0) {
        packages.add(folder);
      }
    }
  }
}
writeFileSync("dist/third-party-licenses.txt", [...packages].sort().map(licence).join("\n\n"));

function licence(folder: string): string {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const own = licenceTexts(folder);
  // Project Jupyter puts its licence beside few of its packages, and means all of them.
  const texts = own.length === 0 && author === "Project Jupyter" ? licenceTexts(jupyters) : own;
  if (texts.length === 0) {
    throw new Error(`${name} has no text of its licence, ${license}`);
  }
  return [`${name} ${version} (${license})`, "=".repeat(72), ...texts].join("\n");
}

function licenceTexts(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  return files.map((file) => readFileSync(join(folder, file), "utf8").trim());
}
