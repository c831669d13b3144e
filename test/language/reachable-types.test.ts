import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type ts from "typescript";
import { compileCell } from "#dist/language/compile-cell.js";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { storeOutline } from "#dist/language/compiler/node-outline/stored-outline.js";
import { Project } from "#dist/language/compiler/project.js";
import { folderOfNode } from "#dist/language/compiler/running-node.js";
import { SourceFiles } from "#dist/language/compiler/source-files.js";
import { SessionDeclarations } from "#dist/language/session/session-declarations.js";
import { enterFolder } from "../helpers/folder.js";

const home = enterFolder({
  "cache/keep": "",
  "node_modules/whole/index.d.ts":
    'import fs from "fs";\nimport * as os from "node:os";\nexport const files: typeof fs;\nexport function platform(): keyof typeof os;',
  "node_modules/whole/index.js": "",
  "node_modules/adds/index.d.ts":
    'import { Stats } from "fs";\ndeclare module "fs" { interface Stats { added: bigint } }\n' +
    'declare global { namespace NodeJS { interface ProcessEnv { ADDED?: "yes" } } }\nexport function stats(): Stats;',
  "node_modules/adds/index.js": "",
  "node_modules/lists/index.d.ts": "export type Globals = keyof typeof globalThis;",
  "node_modules/lists/index.js": "",
  "node_modules/quotes/index.d.ts":
    'import * as fs from "fs";\nimport { promises } from "fs";\nexport const one: (typeof fs)["existsSync"];\n' +
    'export const two: (typeof promises)["readFile"];\nexport const three: NodeJS.Process["memoryUsage"];\n' +
    'export const four: typeof globalThis["queueMicrotask"];\nexport type Kind = "process" | "thread";\n' +
    'export type Five = typeof globalThis extends { [K in "setImmediate" | "clearImmediate"]: infer T } ? T : never;',
  "node_modules/quotes/index.js": "",
  "node_modules/named/index.d.ts":
    'export const os: NodeJS.BuiltInModule["os"];\nexport const path: typeof import("path");\n' +
    'import child = require("child_process");\nexport const start: typeof child.spawn;\nexport { statSync } from\n  "fs";',
  "node_modules/named/index.js": "",
  "own.ts": 'import * as events from "node:events";\nexport const own = { ...events };',
});
process.env.XDG_CACHE_HOME = join(home, "cache");

const compiler = loadCompiler();
const files = new SourceFiles(compiler);
const session = new SessionDeclarations(compiler);
storeOutline(compiler);

function newProject(): Project {
  const settings = { javascript: false, isBrowser: false, globals: [], provided: {}, joinsLibrary: true };
  return new Project(files, { ...settings, directory: home, settings: { strict: true } });
}

/** The results of cells, one after another. */
function compiled(project: Project, cells: readonly string[]) {
  let previous = "";
  return cells.map((source) => {
    const { code, declarations, diagnostics } = compileCell(project, session, { previous, source });
    previous = declarations;
    return { code: code.replace(/tsLastExpr\d+/g, "last"), declarations, diagnostics };
  });
}

function compiledWithAll(cells: readonly string[]) {
  const project = newProject();
  project.loadAllTypes();
  return compiled(project, cells);
}

const notebooks: readonly (readonly string[])[] = [
  ['import { existsSync } from "fs"; existsSync("x")'],
  [
    'import { statSync as stat } from "node:fs"; const size = stat("x").size, stats = stat("x");',
    "stats.mtime",
  ],
  [
    'import { existsSync } from "fs";',
    'import { createReadStream } from "fs"; const s = createReadStream("x");',
    "s.pipe",
  ],
  [
    'import { promises as files } from "fs"; const text = files.readFile("x", "utf8");',
    "type Known = keyof typeof files;",
  ],
  ['import { existsSync } from "fs"; const known = import.meta.dirname;', "const meta = import.meta;"],
  ['import * as fs from "fs"; const all = { ...fs }, names: keyof typeof fs = "glob";'],
  [
    'import fs from "fs"; const p = fs.promises;',
    'const text = await p.readFile("x", "utf8");',
    "const all = { ...p };",
  ],
  ['import { constants } from "os"; const all = { ...constants };', "type K = keyof typeof all; let k!: K;"],
  ['import { Worker } from "node:worker_threads"; const w = (name: string) => new Worker(name);'],
  [
    'import { spawn } from "child_process"; const child = spawn("x"), out = child.stdout;',
    "const { stdin } = child;",
  ],
  [
    'import EventEmitter, { once } from "events"; class Mine extends EventEmitter {}',
    "const m = new Mine(), o = once;",
  ],
  ['import path, { join } from "path"; const p = path.posix, j = join("a");'],
  ['import { setTimeout as wait } from "timers/promises"; const w = wait(1, "x");'],
  ['import test, { describe } from "node:test"; const t = test, d = describe;'],
  ['import assert from "assert"; const a = assert.strict;'],
  ['import { promisify } from "util"; import { exec } from "child_process"; const run = promisify(exec);'],
  ["const { env, argv } = process, memory = process.memoryUsage();", "const on = process.on;"],
  [
    "const later = setTimeout(() => {}, 1), b = Buffer.from('x'), u = new URL('a:b'), now = performance.now();",
  ],
  ['const answer = await fetch("http://x"), body = answer.json(), { headers } = answer;'],
  ["console.log(1); const c = console;", "const id = crypto.randomUUID(), all = { ...crypto };"],
  ['const fs = await import("fs"); const all = { ...fs };'],
  ['const { existsSync } = await import("node:fs");', "const e = existsSync;"],
  ['let stats!: import("fs").Stats; let all!: typeof import("os");', "const keys = { ...all };"],
  [
    "const p = process, words = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];",
    "const q = words;",
  ],
  [
    'import { one, two, three, four, type Kind, type Five } from "quotes"; const all = [one, two, three, four, "process" as Kind, null! as Five];',
  ],
  ["// @ts-ignore\nconst q = queueMicrotask, n = nothing;"],
  ["type Keys = keyof typeof globalThis; const k: Keys = 'queueMicrotask';"],
  ['const os = process.getBuiltinModule?.("os"), all = { ...os };'],
  ['import { files, platform } from "whole"; const f = { ...files }, p = platform();'],
  ['import { stats } from "adds"; const s = stats().added, e = process.env.ADDED, plain = stats();'],
  [
    'import { os, path, start, statSync } from "named"; const all = [os.cpus(), path.join, start, statSync("x")] as const;',
  ],
  ['import type { Globals } from "lists"; const g: Globals = "queueMicrotask";'],
  ['import { own } from "./own"; const all = { ...own };'],
  ['import { exists\\u0053ync } from "fs"; const e = existsSync;'],
  ['import { nothing } from "fs"; const e: string = process;', "const n = process.pid;"],
  [
    'import {} from "fs"; import "os"; import type { Stats } from "fs"; let s!: Stats; const p = process.pid;',
  ],
];

for (const cells of notebooks) {
  test(`a cell means the same with what it can reach of Node's declarations: ${cells[0]}`, () => {
    assert.deepEqual(compiled(newProject(), cells), compiledWithAll(cells));
  });
}

test("a cell that names what it imports reads a part of Node's declarations", () => {
  const [part, all] = [newProject(), newProject()];
  all.loadAllTypes();
  const [some, most] = [part, all].map((project) =>
    lengthOfNode(project, 'import { existsSync } from "fs"; existsSync("x")'),
  );
  assert.ok(Number(some) > 0 && Number(some) < Number(most) / 4, `${some} of ${most} characters`);
});

test("without a stored outline, a cell reads the same part of them by the one that the package brings", () => {
  const source = 'import { existsSync } from "fs"; const e = existsSync("x");';
  const stored = lengthOfNode(newProject(), source);
  const { XDG_CACHE_HOME } = process.env;
  process.env.XDG_CACHE_HOME = join(home, "empty");
  assert.equal(lengthOfNode(newProject(), source), stored);
  assert.deepEqual(compiled(newProject(), [source]), compiledWithAll([source]));
  process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
  const all = newProject();
  all.loadAllTypes();
  assert.ok(stored > 0 && stored < lengthOfNode(all, source) / 4);
});

/** Characters of Node's declarations in the program of a cell. */
function lengthOfNode(project: Project, source: string): number {
  let program: ts.Program | undefined;
  const make = project.program.bind(project);
  project.program = (memory) => {
    program = make(memory);
    return program;
  };
  compileCell(project, session, { previous: "", source });
  const read = program?.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folderOfNode())) ?? [];
  return read.reduce((sum, { text }) => sum + text.length, 0);
}
