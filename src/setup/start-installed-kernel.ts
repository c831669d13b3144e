// Copied beside an installed `kernel.json`, which starts it with the path of the kernel's own script in front of the
// kernel's arguments. Where the package has gone, there is nobody else to say so.
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const kernel = process.argv[2] ?? "";
if (existsSync(kernel)) {
  process.argv.splice(1, 1);
  await import(pathToFileURL(kernel).href);
} else {
  const { metadata } = JSON.parse(readFileSync(new URL("kernel.json", import.meta.url), "utf8"));
  const remedy = `renew this kernel where poolbook is installed, with: ${metadata.poolbook.install}`;
  console.error(`poolbook kernel: the package is gone, there is no ${kernel}; ${remedy}`);
  process.exitCode = 2;
}
