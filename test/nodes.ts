import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fetchNode } from "./helpers/fetch-node.js";
import { isWaiting, runTestFile } from "./helpers/test-file.js";

// npm run nodes -- [MAJOR]... [FILE | FOLDER]...
// Runs the tests that Node itself may change the outcome of with each of its supported versions, or those that are named,
// and compares what 1 MiB there and back costs with the Node that runs this. Each version is fetched once, as a package
// of npm's.

const versions = ["22", "24", "26"];
const parts = [
  "kernel",
  "pool",
  "course",
  "language/running-node",
  "language/libraries",
  "language/needed-units",
  "language/reachable-types",
  "notebooks",
  "package",
];

/** These wait for a broker and its faults more than they compute; whoever wants them names their folder. */
const isOfBroker = /^pool\/cluster\//;

/** Of the main process's processor time for 1 MiB there and back, with another Node and with the one that runs this. */
const largestRatio = 1.2;
const rounds = 7;

const names = process.argv.slice(2);
const majors = names.filter((name) => /^\d+$/.test(name));
const named = names.filter((name) => !majors.includes(name));

compileTests();
const files = testsOf(named.length > 0 ? named : parts);
const failed: string[] = [];
for (const major of majors.length > 0 ? majors : versions) {
  if (!(await passes(major, files))) {
    failed.push(major);
  }
}
if (failed.length > 0) {
  console.error(`Failed with Node ${failed.join(", ")}`);
  process.exitCode = 1;
}

function compileTests(): void {
  const { status } = spawnSync(process.execPath, ["node_modules/typescript-native/bin/tsc", "-p", "test"], {
    stdio: "inherit",
  });
  if (status !== 0) {
    process.exit(1);
  }
}

/** The tests of files and folders, with their paths below `test`. */
function testsOf(names: string[]): string[] {
  const wanted = names.map((name) => name.replace(/^test\//, "").replace(/(\.test)?\.ts$|\/$/, ""));
  return readdirSync("test", { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) => !isOfBroker.test(file) || wanted.includes("pool/cluster"))
    .filter((file) => wanted.some((name) => file.startsWith(`${name}/`) || file === `${name}.test.ts`))
    .sort();
}

async function passes(major: string, files: string[]): Promise<boolean> {
  const node = fetchNode(major);
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  console.log(`\nNode ${stdout.trim().slice(1)}: ${files.length} files of tests`);
  const start = performance.now();
  const failing = await failingTwice(files, node);
  const seconds = Math.round((performance.now() - start) / 1000);
  const firstRatio = ratioOfTrips(node);
  const ratio = firstRatio <= largestRatio ? firstRatio : ratioOfTrips(node);
  console.log(
    `\nNode ${stdout.trim().slice(1)}: ${failing.length === 0 ? "passed" : `failed in ${failing.join(", ")}`} in ${seconds} s; 1 MiB there and back takes ${ratio.toFixed(2)} x the processor time of Node ${process.versions.node}`,
  );
  return failing.length === 0 && ratio <= largestRatio;
}

/** Two files of tests at a time, where one is of those that mostly wait. A file that fails gets a second try, by itself. */
async function failingTwice(files: string[], node: string): Promise<string[]> {
  const waiting = files.filter((file) => isWaiting(file));
  const others = files.filter((file) => !isWaiting(file));
  const failing = await Promise.all([failingOf(waiting, node), failingOf(others, node)]);
  return failingOf(failing.flat(), node);
}

/** Shows what a file of tests says only where it fails. */
async function failingOf(files: string[], node: string): Promise<string[]> {
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  const failing: string[] = [];
  for (const file of files) {
    const { hasPassed, failures } = await runTestFile(file, node, env);
    process.stdout.write(hasPassed ? "." : `\n${file} failed with ${node}\n${failures}\n`);
    if (!hasPassed) {
      failing.push(file);
    }
  }
  return failing;
}

/** The median over rounds in which both have their turn; a busy machine may need a second look at it. */
function ratioOfTrips(node: string): number {
  const timeWith = (executable: string) =>
    Number(spawnSync(executable, ["test/fixtures/mebibyte-trips.mjs"], { encoding: "utf8" }).stdout);
  const ratios = Array.from({ length: rounds }, () => timeWith(node) / timeWith(process.execPath));
  return ratios.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
}
