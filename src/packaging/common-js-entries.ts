// Makes dist/common-js: the entries for `require`, and their declarations as CommonJS modules see them. Each entry gives
// the modules that `import` gives, so that there is one of each. Where no ES module can be required, as under Jest, or none of an
// archive, as with Yarn's Plug'n'Play, the main entry gives a bundle of them: it alone is what tests use.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";

const target = "dist/common-js";
const entries = [
  "index.js",
  "course/authoring.js",
  "display/index.js",
  "runner/index.js",
  "checker/index.js",
];

rmSync(target, { recursive: true, force: true });
const declarations = new Set<string>();
for (const entry of entries) {
  collectDeclarations(resolve("dist", declarationOf(entry)));
}
for (const file of declarations) {
  cpSync(file, join(target, relative("dist", file)));
}
writeFileSync(join(target, "package.json"), '{ "type": "commonjs" }\n');
for (const entry of entries) {
  const path = join(target, entry);
  mkdirSync(dirname(path), { recursive: true });
  const original = relative(dirname(path), join("dist", entry)).replaceAll("\\", "/");
  // Not by `require` itself, for which tsx has another one that loads no ECMAScript modules.
  const required = `require("node:module").createRequire(__filename)("${original}")`;
  writeFileSync(path, entry === "index.js" ? orBundle(required) : `module.exports = ${required};\n`);
}
await build({
  entryPoints: ["dist/index.js"],
  outfile: join(target, "bundle.js"),
  bundle: true,
  format: "cjs",
  platform: "node",
  packages: "external",
  minifyWhitespace: true,
  lineLimit: 160,
  banner: {
    js: 'const $own$ = (path) => require("node:url").pathToFileURL(require("node:path").join(__dirname, path)).href; const $peer$ = (name) => require(name);',
  },
  logLevel: "warning",
  plugins: [
    {
      name: "files of the package stay where they are",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /\.cjs$/ }, ({ resolveDir, path }) => ({
          external: true,
          path: fromTarget(resolve(resolveDir, path)),
        }));
        onLoad({ filter: /\.js$/ }, ({ path }) => ({
          contents: readFileSync(path, "utf8").replaceAll(
            "import.meta.url",
            `$own$(${JSON.stringify(fromTarget(path))})`,
          ),
        }));
      },
    },
  ],
});
// Packages that are not there unless a cluster is used: a bundler would look for them.
const bundle = join(target, "bundle.js");
writeFileSync(
  bundle,
  readFileSync(bundle, "utf8").replace(/\brequire\("(bullmq|ioredis)"\)/g, '$$peer$$("$1")'),
);

function orBundle(required: string): string {
  return `require("../needs-node.cjs");
try {
  module.exports = ${required};
} catch (error) {
  // Jest up to its version 29 takes every module for CommonJS.
  if (!["ERR_REQUIRE_ESM", "ERR_PACKAGE_IMPORT_NOT_DEFINED"].includes(error?.code) && error?.name !== "SyntaxError") {
    throw error;
  }
  module.exports = require("./bundle.js");
}
`;
}

function fromTarget(path: string): string {
  return relative(target, path).replaceAll("\\", "/");
}

/** The file of declarations, and those that it imports. */
function collectDeclarations(file: string): void {
  if (declarations.has(file) || !existsSync(file)) {
    return;
  }
  declarations.add(file);
  for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(/["'](\.\.?\/[^"'\n]+)["']/g)) {
    collectDeclarations(resolve(dirname(file), declarationOf(specifier)));
  }
}

function declarationOf(module: string): string {
  return module.replace(/\.(c?)js$/, ".d.$1ts");
}
