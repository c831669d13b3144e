import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type ts from "typescript";
import { loadCompiler } from "#dist/language/compiler/compiler.js";
import { buildOutline } from "#dist/language/compiler/node-outline/build-outline.js";
import { NeededUnits } from "#dist/language/compiler/node-outline/needed-units.js";
import { PackedOutline, packOutline } from "#dist/language/compiler/node-outline/packed-outline.js";
import { folderOfNode, languageOfNode } from "#dist/language/compiler/running-node.js";

const compiler = loadCompiler();
const folder = folderOfNode();
const lib = languageOfNode().lib.map((name) => `lib.${name}.d.ts`);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".d.ts") && !/^(?:node_modules|ts\d)/.test(name),
);
const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
const options: ts.CompilerOptions = { lib, types: [], module: 99, moduleResolution: 100, target: 99 };
const disk = compiler.createCompilerHost(options);
const onDisk = new Map<string, ts.SourceFile | undefined>();
const languageNames = new Set(namesOfLanguage());
const outline = buildOutline(compiler, texts, languageNames);
const packed = new PackedOutline(packOutline(outline));

/** For each unit that is kept, the declarations of each of its identifiers: the unit that they lie in and the place there. */
function meanings(isKept: (unit: number) => boolean): Map<number, string[]> {
  const places = new Map<string, { unit: number; start: number; end: number }[]>();
  const files = new Map<string, string>();
  for (const [name, parts] of Object.entries(outline.files)) {
    let text = "";
    const inFile = parts.flatMap((part) => {
      const start = text.length;
      text += typeof part === "string" ? part : isKept(part) ? outline.units[part]?.text : "";
      return typeof part === "string" || text.length === start
        ? []
        : [{ unit: part, start, end: text.length }];
    });
    files.set(folder + name, text);
    places.set(folder + name, inFile);
  }
  const program = programOf(files);
  const checker = program.getTypeChecker();
  const unitAt = (path: string, position: number) =>
    places.get(path)?.find(({ start, end }) => start <= position && position < end);
  const describe = (node: ts.Node): string => {
    const { fileName } = node.getSourceFile();
    const at = unitAt(fileName, node.getStart());
    return at
      ? `${at.unit}: ${node.end - at.start}`
      : node.kind === moduleKind
        ? "a module"
        : `${fileName}: ${node.end}`;
  };
  /** False of an interface that only inherits: its unit goes by the names that it inherits. */
  const isOfItsUnit = (node: ts.Node): boolean => {
    const at =
      compiler.isInterfaceDeclaration(node) && unitAt(node.getSourceFile().fileName, node.getStart());
    return !at || outline.units[at.unit]?.names.includes(node.name.text) === true;
  };
  const found = new Map<number, string[]>();
  for (const path of program.getSourceFiles().map(({ fileName }) => fileName)) {
    if (!places.has(path)) {
      continue;
    }
    const visit = (node: ts.Node): void => {
      const unit = compiler.isIdentifier(node) ? unitAt(path, node.getStart())?.unit : undefined;
      if (unit !== undefined && outline.units[unit]?.bindings.length === 0) {
        const symbol = checker.getSymbolAtLocation(node);
        const meant =
          symbol && symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        const declarations = new Set(meant?.declarations?.filter(isOfItsUnit).map(describe));
        found.set(unit, [...(found.get(unit) ?? []), `${node.getText()} ${[...declarations].sort().join()}`]);
      }
      compiler.forEachChild(node, visit);
    };
    visit(program.getSourceFile(path) as ts.SourceFile);
  }
  return found;
}

const moduleKind = compiler.SyntaxKind.ModuleDeclaration;

function programOf(files: ReadonlyMap<string, string>): ts.Program {
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile(path, settings) {
      const text = files.get(path);
      if (text !== undefined) {
        return compiler.createSourceFile(path, text, settings, true);
      }
      const file = onDisk.get(path) ?? disk.getSourceFile(path, settings);
      onDisk.set(path, file);
      return file;
    },
    resolveTypeReferenceDirectiveReferences: (references) =>
      references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
  };
  return compiler.createProgram({ rootNames: [`${folder}index.d.ts`], options, host });
}

function namesOfLanguage(): string[] {
  const checker = programOf(new Map([[`${folder}index.d.ts`, ""]])).getTypeChecker();
  const { Value, Type, Namespace } = compiler.SymbolFlags;
  return checker
    .getSymbolsInScope(onDisk.values().next().value as ts.SourceFile, Value | Type | Namespace)
    .map(({ name }) => name);
}

test("an outline that was packed gives the same units, and those of a scope by their names", () => {
  const { units, files, modules, roots } = outline;
  assert.deepEqual(
    units.map((_, number) => packed.unit(number)),
    units.map((unit) => JSON.parse(JSON.stringify(unit))),
  );
  assert.deepEqual(
    [packed.files, Object.fromEntries(packed.modules), packed.roots],
    [files, JSON.parse(JSON.stringify(modules)), roots],
  );
  for (const scope of new Set(units.map((unit) => unit.scope))) {
    const found = new Set<string>();
    for (const [name, numbers] of packed.declaring(scope)) {
      for (const number of numbers) {
        found.add(`${number} ${name}`);
      }
    }
    const expected = units.flatMap((unit, number) =>
      unit.scope === scope ? unit.names.map((name) => `${number} ${name}`) : [],
    );
    assert.deepEqual([...found].sort(), [...new Set(expected)].sort());
  }
  assert.throws(() => packed.unit(units.length), RangeError);
  assert.equal(packed.declaring("nothing").size, 0);
});

const complete = meanings(() => true);

const cases: [name: string, ask: (units: NeededUnits) => void][] = [
  ["nothing", () => {}],
  ...["process", "fetch", "console", "setTimeout", "structuredClone", "crypto"].map(
    (word): [string, (units: NeededUnits) => void] => [word, (units) => units.addWords([word])],
  ),
  ...["fs", "worker_threads", "http", "child_process", "util", "stream/web", "test"].map(
    (module): [string, (units: NeededUnits) => void] => [
      `all of ${module}`,
      (units) => units.enterWhole(module),
    ],
  ),
  [
    "existsSync of fs",
    (units) => {
      units.enter("fs");
      units.addWords(["existsSync"]);
    },
  ],
];

for (const [name, ask] of cases) {
  test(`in what ${name} needs of Node's declarations, each name means what it means in all of them`, () => {
    const units = new NeededUnits(packed);
    ask(units);
    const found = meanings((unit) => units.has(unit));
    // It names all modules; a cell that asks for one by it gets all declarations.
    const isAsked = (unit: number) => outline.units[unit]?.names.includes("BuiltInModule") === false;
    for (const [unit, meant] of found) {
      assert.deepEqual(isAsked(unit) ? meant : complete.get(unit), complete.get(unit));
    }
    assert.ok(found.size > 0 && found.size < complete.size / 2);
  });
}

/** The units that let an interface of the language inherit from another one, with the names of those interfaces. */
const inheriting = [...outline.units.entries()].flatMap(([unit, { scope, text, names: asked }]) => {
  const [, name = ""] =
    scope === "" ? (/^interface (\w+)(?:<\w+>)? extends \w+<\w+> \{\}\n$/.exec(text) ?? []) : [];
  return languageNames.has(name) && !asked.includes(name) ? [{ unit, name }] : [];
});

test("what an interface of the language only inherits from Node's is what the language declares, and is there for who names it", () => {
  const units = new NeededUnits(packed);
  units.addWords(inheriting.map(({ name }) => name));
  assert.deepEqual(
    inheriting.filter(({ unit }) => units.has(unit)),
    [],
  );
  const without = membersOf((unit) => units.has(unit));
  assert.deepEqual(
    without,
    membersOf(() => true),
  );
  units.addWords(["at"]);
  assert.deepEqual(
    inheriting.filter(({ unit }) => !units.has(unit)),
    [],
  );
  const hasSuch = texts.get("compatibility/indexable.d.ts")?.includes("interface Int8Array extends");
  assert.equal(inheriting.length, hasSuch ? 14 : 0);
});

/** The members of each of those interfaces, with their types. */
function membersOf(isKept: (unit: number) => boolean): string[] {
  const files = Object.entries(outline.files).map(([name, parts]): [string, string] => [
    folder + name,
    parts
      .map((part) => (typeof part === "string" ? part : isKept(part) ? outline.units[part]?.text : ""))
      .join(""),
  ]);
  const program = programOf(new Map(files));
  const checker = program.getTypeChecker();
  const anywhere = program.getSourceFile(`${folder}index.d.ts`) as ts.SourceFile;
  const inScope = checker.getSymbolsInScope(anywhere, compiler.SymbolFlags.Interface);
  const meant = new Set(inheriting.map(({ name }) => name));
  return inScope
    .filter(({ name }) => meant.has(name))
    .flatMap((symbol) =>
      checker
        .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
        .map(
          (member) =>
            `${symbol.name}.${member.name}: ${checker.typeToString(checker.getTypeOfSymbol(member))}`,
        ),
    )
    .sort();
}
