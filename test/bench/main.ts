/* Runs a benchmark suite, named on the command line: `npm run bench -- pool`. */
const suites: Record<string, () => Promise<unknown>> = {
  kernel: () => import("./kernel.js"),
  pool: () => import("./pool.js"),
  runner: () => import("./runner.js"),
  typecheck: () => import("./typecheck.js"),
};

const name = process.argv[2] ?? "";
const suite = suites[name];
if (suite) {
  await suite();
} else {
  console.error(`Expected the name of a suite (${Object.keys(suites).join(", ")}), got \`${name}\``);
  process.exitCode = 2;
}
