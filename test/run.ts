import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { compiledTest, isWaiting, runTestFile, type TestFileRun, waitingParts } from "./helpers/test-file.js";

// npm run unit -- [FILE | FOLDER | PART]... [option of node --test]...
// Compiles the tests and runs those that are named, or all of them, file by file.

/** Their tests share nothing, so that two files run at a time. */
const independentParts = ["document", "house", "language"];

const options = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));

const files = selectTests(names);
compileTests();
const isWhole = process.argv.length === 2;
process.exitCode = (isWhole ? await passOneByOne(files) : passTogether(files)) ? 0 : 1;

/** Paths below `test`, with slashes. Ends the process when a name means no test. */
function selectTests(names: string[]): string[] {
  const tests = readdirSync("test", { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
  const wanted = names.map((name) => path.relative("test", name.startsWith("test") ? name : `test/${name}`));
  const isMeant = (file: string, name: string) =>
    name === "" || file === name || file === `${name}.test.ts` || file.startsWith(`${name}/`);
  const strange = names.filter((_, index) => !tests.some((file) => isMeant(file, wanted[index] ?? "")));
  if (strange.length > 0) {
    console.error(`No test is called ${strange.join(", ")}; name a file or a folder of test/`);
    process.exit(2);
  }
  return wanted.length === 0 ? tests : tests.filter((file) => wanted.some((name) => isMeant(file, name)));
}

/** Ends the process when they do not compile. */
function compileTests(): void {
  rmSync(".build/test", { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, ["node_modules/typescript-native/bin/tsc", "-p", "test"], {
    stdio: "inherit",
  });
  if (status !== 0) {
    process.exit(1);
  }
}

/** Shows all that the tests say. */
function passTogether(files: string[]): boolean {
  const { status } = spawnSync(
    process.execPath,
    ["--test", "--test-concurrency=1", ...options, ...files.map(compiledTest)],
    { stdio: "inherit" },
  );
  return status === 0;
}

/** A file that fails on a busy machine gets a second try; what failed is told at the end. */
async function passOneByOne(files: string[]): Promise<boolean> {
  const isIndependent = (file: string) => independentParts.includes(file.split("/")[0] ?? "");
  const independent = files.filter(isIndependent).values();
  const others = files.filter((file) => !isIndependent(file));
  const waiting = waitingParts
    .flatMap((part) => others.filter((file) => file.startsWith(`${part}/`)))
    .values();
  const busy = others.filter((file) => !isWaiting(file)).values();
  const runs = (await Promise.all([runEach(independent), runEach(independent)])).flat();
  runs.push(...(await Promise.all([runEach(waiting), runEach(busy)])).flat());
  const failed = runs.filter(({ hasPassed }) => !hasPassed);
  const again = await runEach(failed.map(({ file }) => file).values());
  const lost = again.filter(({ hasPassed }) => !hasPassed);
  for (const { file, failures } of [...failed, ...lost]) {
    console.log(`\n${file} failed:\n${failures}`);
  }
  for (const { file } of again.filter(({ hasPassed }) => hasPassed)) {
    console.log(`${file} passed at its second try`);
  }
  const failures = lost.reduce((sum, run) => sum + run.failed, 0);
  const tests = runs.reduce((sum, run) => sum + run.tests, 0);
  console.log(`${tests - failures} passed, ${failures} failed`);
  return lost.length === 0;
}

/** Takes one file after the other until there is none left. */
async function runEach(files: Iterator<string>): Promise<TestFileRun[]> {
  const runs: TestFileRun[] = [];
  for (let next = files.next(); !next.done; next = files.next()) {
    const run = await runTestFile(next.value);
    runs.push(run);
    console.log(
      `${run.hasPassed ? "passed" : "FAILED"} ${run.file}: ${run.tests} tests in ${run.seconds.toFixed(1)} s`,
    );
  }
  return runs;
}
