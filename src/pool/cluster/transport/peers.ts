import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Throws an Error that says what to install, if a package that clusters need is not there. */
export function checkPeers(): void {
  const missing = ["bullmq", "ioredis"].filter((name) => !isInstalled(name));
  if (missing.length > 0) {
    throw new Error(
      `Clusters need the package${missing.length > 1 ? "s" : ""} ${missing.join(" and ")}: run \`npm install bullmq ioredis\``,
    );
  }
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
