import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(".build/nodes");

/** The path of the newest Node of that major version, as it was when it was first asked for. */
export function fetchNode(major: string): string {
  const system = process.platform === "win32" ? "win" : process.platform;
  const home = path.join(folder, "node_modules", `node-${major}`);
  const node = path.join(home, process.platform === "win32" ? "bin/node.exe" : "bin/node");
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    const name = `node-${major}@npm:node-${system}-${process.arch}@${major}`;
    const { status } = spawnSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", name], {
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
    if (status !== 0) {
      throw new Error(`Node ${major} could not be fetched`);
    }
  }
  return node;
}
