// Makes dist/common-js: the entries for `require`, and the declarations as CommonJS modules see them. Each entry gives
// the modules that `import` gives, so that there is one of each.
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const target = "dist/common-js";
const entries = [
  "index.js",
  "course/authoring.js",
  "display/index.js",
  "runner/index.js",
  "checker/index.js",
];

rmSync(target, { recursive: true, force: true });
for (const name of readdirSync("dist")) {
  cpSync(join("dist", name), join(target, name), {
    recursive: true,
    filter: (source) => statSync(source).isDirectory() || /\.d\.c?ts$/.test(source),
  });
}
writeFileSync(join(target, "package.json"), '{ "type": "commonjs" }\n');
for (const entry of entries) {
  const path = join(target, entry);
  mkdirSync(dirname(path), { recursive: true });
  const original = relative(dirname(path), join("dist", entry)).replaceAll("\\", "/");
  // Not by `require` itself, for which tsx has another one that loads no ECMAScript modules.
  writeFileSync(path, `module.exports = require("node:module").createRequire(__filename)("${original}");\n`);
}
