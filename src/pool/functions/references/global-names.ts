import { nodesGlobal } from "./realms.js";

/** Also where this package is loaded into another realm, as by Jest, which brings globals of its own, mixed with Node's. */
const names = Object.getOwnPropertyNames(nodesGlobal).filter(
  (name) => name !== "__tslab__" && name in globalThis,
);

/** One of them is the last that Node defines; which one depends on its version and options. */
const lastOfNode = ["WebAssembly", "SubtleCrypto", "CustomEvent", "navigator", "sessionStorage"];

const count = Math.max(...lastOfNode.map((name) => names.indexOf(name))) + 1;

/**
 * Names every Node process has. Those behind them come from packages, scripts or `node -e`, which were there before this
 * package was loaded, and are not in a worker.
 */
export const globalNames: ReadonlySet<string> = new Set(names.slice(0, count));
