import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { enterFolder } from "../helpers/folder.js";

const home = enterFolder({ "cache/keep": "" });
const folder = join(home, "cache", "poolbook");
const index = fileURLToPath(new URL("../../../dist/language/index.js", import.meta.url));
const program = `
  const { createLanguage } = await import(${JSON.stringify(index)});
  const language = createLanguage();
  language.loadAllTypes();
  console.log(language.convert("", "const n: number = true;", { fileName: "x" }).diagnostics.length);`;

/** Compiles a cell in a process of its own; gives the number of its diagnostics. */
function compile(): number {
  const env = { ...process.env, XDG_CACHE_HOME: join(home, "cache") };
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", program], { env }));
}

const cacheFile = (start = "typescript-") =>
  join(folder, readdirSync(folder).find((name) => name.startsWith(start)) ?? "");

test("the compiler's code is stored once, privately, and used", () => {
  assert.equal(compile(), 1);
  const { mode, ino } = statSync(cacheFile());
  assert.equal(mode & 0o077, 0);
  assert.equal(compile(), 1);
  assert.equal(statSync(cacheFile()).ino, ino);
});

test("a damaged or truncated cache is replaced, and harms nothing", () => {
  const whole = readFileSync(cacheFile());
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 5000, 6000);
  writeFileSync(cacheFile(), damaged);
  assert.equal(compile(), 1);
  assert.ok(!readFileSync(cacheFile()).equals(damaged));
  truncateSync(cacheFile(), 100);
  assert.equal(compile(), 1);
  assert.ok(statSync(cacheFile()).size > 100_000);
});

test("a damaged outline of Node's declarations is replaced, and harms nothing", () => {
  const outline = cacheFile("node-types-");
  const whole = readFileSync(outline);
  const damaged = Buffer.from(whole);
  damaged.fill(0x20, 5000, 6000);
  writeFileSync(outline, damaged);
  assert.equal(compile(), 1);
  assert.ok(readFileSync(outline).equals(whole));
});

test("without a place to write to, nothing is stored and all works", () => {
  rmSync(folder, { recursive: true });
  writeFileSync(join(home, "occupied"), "");
  const env = { ...process.env, XDG_CACHE_HOME: join(home, "occupied") };
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], { env });
  assert.equal(Number(output), 1);
});
