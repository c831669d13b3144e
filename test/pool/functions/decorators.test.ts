import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { enterFolder, writeFiles } from "../../helpers/folder.js";
import { Session } from "../../helpers/session.js";

const require = createRequire(import.meta.url);
const tsx = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs")).href;
const packages = { poolbook: resolve("."), "reflect-metadata": dirname(require.resolve("reflect-metadata")) };
const folder = enterFolder();
writeFiles(folder, { "node_modules/.keep": "" });
for (const [name, target] of Object.entries(packages)) {
  symlinkSync(target, join(folder, "node_modules", name));
}

interface Program {
  readonly legacy: boolean;
  readonly declarations: string;
  /** An expression that tells of them. */
  readonly told: string;
  readonly value: unknown;
}

const legacy = `
  function doubled(_: object, __: string, descriptor: PropertyDescriptor) {
    const { value } = descriptor;
    return { ...descriptor, value(this: unknown, ...args: unknown[]) { return 2 * value.apply(this, args); } };
  }
  const notes: string[] = [];
  function noted(target: any, key?: string | symbol, place?: any) {
    notes.push([typeof target, String(key), typeof place].join(" "));
    if (key === undefined) { target.isNoted = true; }
  }
  function hidden(target: any, key: string, descriptor: PropertyDescriptor) { descriptor.enumerable = false; target[key + "IsHidden"] = true; }
  @noted class Account {
    @noted name = "a";
    constructor(@noted public balance: number) {}
    @doubled total(n: number) { return this.balance + n; }
    @hidden get secret() { return this.name; }
    @doubled static rate(n: number) { return n; }
  }
  const account = new Account(3);`;

const standard = `
  function doubled(method: any, _: ClassMethodDecoratorContext): any {
    return function (this: unknown, ...args: unknown[]) { return 2 * method.apply(this, args); };
  }
  function tenfold(_: unknown, __: ClassFieldDecoratorContext) { return (value: number) => value * 10; }
  function replaced(type: any, _: ClassDecoratorContext): any { return class extends type { extra = 7; }; }
  @replaced class Account {
    @tenfold rate = 2;
    @doubled total(n: number) { return this.rate + n; }
    @doubled static base(n: number) { return n; }
  }`;

const metadata = `
  import "reflect-metadata";
  const note = (value: unknown) => (target: object, key?: string | symbol) => Reflect.defineMetadata("role", value, target, key as string);
  class Inner { twice(n: number) { return n * 2; } }
  @note("whole") class Account {
    @note(Inner) inner = 1;
    @note({ deep: [1] }) total() { return 1; }
    @note("static") static rate() { return 2; }
  }
  class Derived extends Account {}`;

const read = (target: string, key = "") => `Reflect.getMetadata("role", ${target}${key && `, "${key}"`})`;
const programs: Record<string, Program> = {
  "those of the old kind": {
    legacy: true,
    declarations: legacy,
    told: "[account.total(1), new Account(5).total(1), Account.rate(4), (Account as any).isNoted, (account as any).secretIsHidden, account.secret, notes.length]",
    value: [8, 12, 8, true, true, "a", 3],
  },
  "those of the standard": {
    legacy: false,
    declarations: standard,
    told: "[new Account().total(1), Account.base(4), (new Account() as any).extra]",
    value: [42, 8, 7],
  },
  "what reflect-metadata has noted": {
    legacy: true,
    declarations: metadata,
    told: `[${read("Account")}, new (${read("Account.prototype", "inner")})().twice(4), ${read("Derived.prototype", "total")}, ${read("Account", "rate")}, Reflect.getOwnMetadataKeys(Derived).length]`,
    value: ["whole", 8, { deep: [1] }, "static", 0],
  },
};

describe("classes travel with their decorators", () => {
  for (const [title, { legacy: experimentalDecorators, declarations, told, value }] of Object.entries(
    programs,
  )) {
    const compilerOptions = { experimentalDecorators, target: "es2022" };

    test(`${title}, in a script under tsx`, () => {
      writeFiles(folder, {
        "tsconfig.json": { compilerOptions },
        "main.mts": `import { withPool } from "poolbook";
          ${declarations}
          const tell = () => ${told};
          console.log(JSON.stringify([tell(), await withPool(1, (pool) => pool.apply(tell))]));`,
      });
      const printed = execFileSync(process.execPath, ["--import", tsx, "main.mts"], { encoding: "utf8" });
      assert.deepEqual(JSON.parse(printed), [value, value]);
    });

    test(`${title}, in cells`, async () => {
      writeFiles(folder, { "tsconfig.json": { compilerOptions } });
      const session = new Session();
      await session.run('import { withPool } from "poolbook";');
      await session.run(declarations);
      await session.run(`const tell = () => ${told};`);
      assert.deepEqual(await session.run("[tell(), await withPool(1, (pool) => pool.apply(tell))]"), [
        value,
        value,
      ]);
    });
  }
});
