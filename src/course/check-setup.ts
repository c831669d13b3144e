import { cpuCount } from "../pool/current-process.cjs";
import { withPool } from "../pool/with-pool.js";

interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly advice: string;
}

/** Prints whether this machine is ready for the course and, where it is not, what to do. */
export async function checkSetup(): Promise<void> {
  for (const { ok, what, advice } of [nodeVersion(), kernel(), await workers(), cores()]) {
    console.log(ok ? `✓ ${what}` : `✗ ${what}\n  what to do: ${advice}`);
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return {
    ok: major > 20 || (major === 20 && minor >= 19),
    what: "Node is version 20.19 or newer",
    advice: `This is ${process.version}. Install a newer Node, then run \`npm ci\` and start JupyterLab again.`,
  };
}

function kernel(): Finding {
  return {
    ok: "__tslab__" in globalThis || typeof (globalThis as { display?: unknown }).display === "function",
    what: "The kernel of this notebook runs TypeScript",
    advice: "Choose TypeScript (tslab) in the menu Kernel → Change Kernel. `npm run lab` brings it along.",
  };
}

async function workers(): Promise<Finding> {
  const answer = await withPool(1, (pool) => pool.apply(double, [21])).catch(() => undefined);
  return {
    ok: answer === 42,
    what: "A worker process starts, works and ends",
    advice: "Run `npm ci` and `npm run build` in the project's folder, and restart the kernel.",
  };
}

function double(x: number): number {
  return 2 * x;
}

function cores(): Finding {
  return {
    ok: cpuCount() > 1,
    what: "This machine has more than one core",
    advice: "Go on. Tasks that sleep need no cores; only tasks that calculate will be no faster in parallel.",
  };
}
