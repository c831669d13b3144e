import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { enterFolder, writeFiles } from "../../helpers/folder.js";
import { Session } from "../../helpers/session.js";

const root = process.cwd();
const folder = enterFolder({
  "package.json": { type: "module" },
  "tsconfig.json": {
    compilerOptions: { jsx: "react", jsxFactory: "h", paths: { "@/*": ["./lib/*"] } },
  },
  "lib/deep.ts": 'import data from "../data.json"; export const deep = (): number => data.value;',
  "data.json": { value: 7 },
  "view.tsx": `
    const h = (name: string, _: unknown, ...inner: unknown[]) => name + inner.join();
    export const view = (x: number) => <b>{x}</b>;
    declare global { namespace JSX { interface IntrinsicElements { b: object } } }`,
  "util.ts": `
    import { deep } from "@/deep";
    let count = 0;
    export const next = (): number => ++count;
    export const square = (x: number): number => x * x;
    export const deeper = (): number => deep() + 1;
    export const table = new Map([["a", 1]]);
    export const remember = (key: string): number => table.set(key, 2).size;
    export class Point { #y = 3; constructor(public x: number) {} sum(): number { return this.x + this.#y; } }
    export class Open { constructor(public x: number) {} double(): number { return this.x * 2; } }
    export default (): string => import.meta.url;`,
  "failing.ts": `
    interface Row { n: number }

    export function failing(row: Row): void {
  throw new RangeError("sum" + row.n);
    }`,
  "node_modules/dual/package.json": { exports: { import: "./i.mjs", require: "./r.cjs" } },
  "node_modules/dual/i.mjs": "export const kind = 'import';",
  "node_modules/dual/r.cjs": "exports.kind = 'require';",
  "kinds.ts": `
    import { kind } from "dual";
    export const kinds = async (): Promise<string[]> => [kind, (await import("dual")).kind];`,
  "later.ts": "export const later = (): string => 'later';",
  "plain.cjs": "let n = 0; exports.next = () => ++n;",
  "edited.ts": "export const version = (): number => 1;",
  "unseen.ts": "export const unseen: number = 1;",
});

describe("a notebook's own modules are in the worker what they are in the notebook", () => {
  let session: Session;

  before(async () => {
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(root, join(folder, "node_modules/poolbook"));
    session = new Session();
    await session.run('import { Pool } from "poolbook";');
    await session.run("const pool = new Pool(1);");
    await session.run(`import address, { deeper, next, Open, Point, remember, square, table } from "./util";
      import * as util from "./util.ts";
      import { view } from "./view";
      import plain from "./plain.cjs";
      import { version } from "./edited";`);
  });
  after(async () => {
    await session.run("await pool.terminate()");
    session.language.close();
  });

  test("of a package of both kinds they take the one to be imported", async () => {
    await session.run('import { kinds } from "./kinds";');
    assert.deepEqual(await session.run("await pool.apply(() => kinds())"), ["import", "import"]);
  });

  test("stacks of errors from workers name the lines of a module as it is written", async () => {
    await session.run('import { failing } from "./failing";');
    await assert.rejects(session.run("await pool.apply(failing, [{ n: 1 }])"), ({ stack }: Error) => {
      assert.equal(stack?.split("\n")[1], `    at failing (${join(folder, "failing.ts")}:5:9)`);
      return true;
    });
  });

  const travels: Record<string, { cell: string; gives: unknown }> = {
    "a function that is sent": { cell: "await pool.map(square, [2, 3])", gives: [4, 9] },
    "functions, classes with private fields, and namespaces that a function uses": {
      cell: "await pool.apply(() => [square(2), new Point(1).sum(), util.square(3)])",
      gives: [4, 4, 9],
    },
    "an instance": { cell: "const open = new Open(4);\nawait pool.apply(() => open.double())", gives: 8 },
    "modules that modules import, by `paths`, and JSON": { cell: "await pool.apply(deeper)", gives: 8 },
    JSX: { cell: "await pool.apply(view, [1])", gives: "b1" },
    "import.meta": { cell: "(await pool.apply(address)).endsWith('/util.ts')", gives: true },
    "import() and require of a module that no cell has loaded": {
      cell: "await pool.apply(async () => [(await import('./later')).later(), require('./later.ts').later()])",
      gives: ["later", "later"],
    },
    "objects that a module exports and changes": {
      cell: "await pool.apply(() => [remember('b'), table.size])",
      gives: [2, 2],
    },
  };
  for (const [what, { cell, gives }] of Object.entries(travels)) {
    test(what, async () => assert.deepEqual(await session.run(cell), gives));
  }

  test("state is the worker's own, and stays", async () => {
    assert.deepEqual(await session.run("[next(), next(), plain.next()]"), [1, 2, 1]);
    const asked =
      "[await pool.apply(next), await pool.apply(() => next()), await pool.apply(() => plain.next())]";
    assert.deepEqual(await session.run(asked), [1, 2, 1]);
  });

  test("an edited module is seen by the next call, and its state begins anew", async () => {
    const ask = "[await pool.apply(version), await pool.apply(() => version()), await pool.apply(next)]";
    assert.deepEqual(await session.run(ask), [1, 1, 3]);
    writeFiles(folder, { "edited.ts": "export const version = (): number => 20;" });
    utimesSync(join(folder, "edited.ts"), new Date(), new Date(Date.now() + 5000));
    assert.deepEqual(await session.run(ask), [20, 20, 4]);
  });

  test("a module named by an expression that no cell has loaded is an error that names the file", async () => {
    await assert.rejects(
      session.run("const name = './unseen';\nawait pool.apply((file: string) => require(file), [name])"),
      /Cannot (load|find) .*unseen/,
    );
  });
});
