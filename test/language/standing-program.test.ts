import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { test } from "node:test";
import { compileCell } from "#dist/language/compile-cell.js";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { StandingProgram } from "#dist/language/compiler/programs/standing-program.js";
import { Project } from "#dist/language/compiler/project.js";
import { SourceFiles } from "#dist/language/compiler/source-files.js";
import { SessionDeclarations } from "#dist/language/session/session-declarations.js";
import { enterFolder } from "../helpers/folder.js";

const notebooks = ["notebooks", "test/kernel/public"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .map((name) => resolve(folder, name)),
);
const compiler = loadCompiler();
const files = new SourceFiles(compiler);
const home = enterFolder({
  "node_modules/adds/index.d.ts": "declare global { var added: string } export {};",
  "node_modules/adds/index.js": "",
  "own.ts": "export const own = 1;",
});

class Counted extends StandingProgram {
  taken = 0;

  override take(texts: Parameters<StandingProgram["take"]>[0]): ReturnType<StandingProgram["take"]> {
    const program = super.take(texts);
    this.taken += program ? 1 : 0;
    return program;
  }
}

/** A notebook whose cells may share a program, or not. */
class Cells {
  readonly standing: Counted | undefined;
  readonly #project: Project;
  readonly #session = new SessionDeclarations(compiler);
  #previous = "";

  constructor(isShared: boolean, strict = false) {
    const settings = { javascript: false, isBrowser: false, globals: [], provided: {}, joinsLibrary: true };
    this.#project = new Project(files, { ...settings, directory: home, settings: { strict } });
    this.standing = isShared ? new Counted(this.#project) : undefined;
  }

  /** What becomes of the cell, as a text without the number in the name of its last expression, on which columns hang. */
  compile(source: string): string {
    const { standing } = this;
    const input = { previous: this.#previous, source, standing };
    const { imported, sourceMap, ...compiled } = compileCell(this.#project, this.#session, input);
    this.#previous = compiled.declarations;
    const all = { ...compiled, ...(compiled.lastExpressionName === undefined && { sourceMap }) };
    return JSON.stringify(all, undefined, 1).replace(/tsLastExpr\d+/g, "last");
  }
}

/** Compiles cells in both ways; gives the number of those that shared a program. */
function compare(sources: readonly string[], strict = false, prepare = (_index: number) => {}): number {
  const [shared, alone] = [new Cells(true, strict), new Cells(false, strict)];
  for (const [index, source] of sources.entries()) {
    prepare(index);
    const [found, expected] = [shared.compile(source), alone.compile(source)];
    // The texts are long; a comparison of them by lines would take minutes.
    assert.ok(found === expected, `cell ${index + 1}, ${source}:\n${found}\ninstead of\n${expected}`);
  }
  return shared.standing?.taken ?? 0;
}

test("cells that share a type checker come to the same as cells that do not: small ones", () => {
  const cells = [
    "1 + 1",
    "const a = 2;",
    "a + 1",
    "let b = a;",
    "b = b + a; b",
    "const t = b.toFixed();",
    "t",
  ];
  assert.equal(compare(cells), cells.length - 1);
  assert.equal(compare(cells, true), cells.length - 1);
});

test("cells that share a type checker come to the same as cells that do not: more than one sees", () => {
  const cells = Array.from({ length: 250 }, (_, index) => `const v${index} = ${index}; v${index} + 1`);
  assert.ok(compare(cells) > 240);
});

test("a wrong cell is refused with the same message after cells that share a type checker", () => {
  const cells = [
    "const a = 1; a",
    "a = 2",
    'const s: string = a; "x"',
    "1 + 1",
    'let u = Math.random() > 2 ? "z" : "y"; u',
    '"y" + 1',
    'let w: "y" | "z" = u; w',
    'const k = w === "y" ? w : "q"; k',
    'let k2: "z" = k;',
    "nothing",
    "nothing",
    "2 + 2",
    "({ a: 1 }).b",
    "interface P { x: number }\nlet p: P = { x: 1 };",
    "p.x + 1",
    "p.y",
    "interface P { y: string }\np.y",
    "let p = { y: 's' }; p.y",
    "p.x",
    "p.y.length",
    "function f(n: number): string { return n; }",
    "function f(n: number): string { return n.toFixed(); }",
    "f(1)",
    "f('x')",
    "f(2).length",
    "if (1) { 2 } else {",
    "3",
    "// @ts-expect-error\nf('x')",
    "4",
    "// @ts-expect-error\n4",
    "// @ts-ignore\nf('x')",
    "5",
    "// @ts-nocheck\nf('x')",
    "6",
    "// @strict: true\nlet z: string = null;",
    "// @strict: true\nlet z: string | null = null;",
    "let z2: string = null;",
    "let z3: string | null = null; z3",
    "return 1",
    "7",
  ];
  assert.ok(compare(cells) > 10);
  assert.ok(compare(cells, true) > 10);
});

test("a cell that all files see has its effect on later cells that share a type checker", () => {
  const cells = [
    "1",
    "declare global { var g: number }",
    "1 + 1",
    "g + 1",
    "globalThis.g",
    "interface Array<T> { mine: T }\n[1].mine",
    "[1].mine",
    'import "adds";',
    "2 + 2",
    "added.length",
    'declare module "adds" { export const more: number }',
    "3 + 3",
    'import { more } from "adds"; more',
    "more + 1",
    "class A { b = 1 }",
    "new A().b",
    "enum E { x, y }",
    "E.x",
    "const enum C { x, y }",
    "C.y",
    "namespace N { export const n = 1 }",
    "N.n",
    "const el = <div />;",
    "process.pid",
    'import { existsSync } from "fs"; existsSync("x")',
    "4 + 4",
    "existsSync('x')",
    "existsSync(1)",
    "const m = WebAssembly; m",
    "5 + 5",
    "using d = { [Symbol.dispose]() {} }; 1",
    "await Promise.resolve(1)",
    "for (var i = 0; i < 3; i++) { var inside = i; }",
    "i + inside",
    "const { q, ...r } = { q: 1, s: 2 };",
    "q + r.s",
    "export const e = 1; e",
    "export { q } from 'fs'",
    "6 + 6",
  ];
  assert.ok(compare(cells) > 0);
});

test("a package that is installed, and a file that is edited, are seen by cells that shared a type checker", () => {
  const cells = ['import { own } from "./own"; own', "1", "own + 1", "own.length", "own.length", "2"];
  compare(cells, true, (index) => {
    writeFileSync("own.ts", `export const own = ${index < 4 ? "1" : '"text"'};`);
  });
});

for (const path of notebooks) {
  test(`cells that share a type checker come to the same as cells that do not: ${basename(path)}`, () => {
    const { cells }: { cells: { cell_type: string; source: string | string[] }[] } = JSON.parse(
      readFileSync(path, "utf8"),
    );
    const sources = cells
      .filter(({ cell_type }) => cell_type === "code")
      .map(({ source }) => [source].flat().join(""));
    // With cells between them that can share what the one before has left.
    compare(sources.flatMap((source, index) => [source, `${index} + 1`]));
  });
}
