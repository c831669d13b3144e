import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { fetchNode } from "../helpers/fetch-node.js";

/* Runs a benchmark suite: `npm run bench -- pool`, in three rounds `-- pool 3`, with another Node `-- pool --node 24`. */
const suites: Record<string, () => Promise<unknown>> = {
  cluster: () => import("./cluster.js"),
  kernel: () => import("./kernel.js"),
  pool: () => import("./pool.js"),
  runner: () => import("./runner.js"),
  typecheck: () => import("./typecheck.js"),
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { node: { type: "string" } },
});
const [name = "", rounds] = positionals;
const suite = suites[name];
if (!suite) {
  console.error(`Expected the name of a suite (${Object.keys(suites).join(", ")}), got \`${name}\``);
  process.exitCode = 2;
} else if (values.node === undefined) {
  await suite();
} else {
  const again = [process.argv[1] ?? "", name, ...(rounds === undefined ? [] : [rounds])];
  const { status } = spawnSync(fetchNode(values.node), again, { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
