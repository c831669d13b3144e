import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";

// npm run unit -- [FILE | FOLDER | PART]... [option of node --test]...
// Compiles the tests and runs those that are named, or all of them.

/** Their tests share nothing, so that two files run at a time. */
const independentParts = ["document", "house", "language"];

const options = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));

const files = selectTests(names);
compileTests();
const independent = files.filter((file) => independentParts.includes(file.split("/")[0] ?? ""));
const others = files.filter((file) => !independent.includes(file));
const haveAllPassed = [runTests(independent, 2), runTests(others, 1)].every(Boolean);
process.exitCode = haveAllPassed ? 0 : 1;

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
  const { status } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "test"], {
    stdio: "inherit",
  });
  if (status !== 0) {
    process.exit(1);
  }
}

function runTests(files: string[], concurrency: number): boolean {
  if (files.length === 0) {
    return true;
  }
  const compiled = files.map((file) => path.join(".build/test", file.replace(/ts$/, "js")));
  const { status } = spawnSync(
    process.execPath,
    ["--test", `--test-concurrency=${concurrency}`, ...options, ...compiled],
    { stdio: "inherit" },
  );
  return status === 0;
}
