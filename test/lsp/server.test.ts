import assert from "node:assert/strict";
import path from "node:path";
import { type TestContext, test } from "node:test";
import {
  CodeActionRequest,
  CompletionRequest,
  CompletionResolveRequest,
  DefinitionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  ShowMessageNotification,
  SignatureHelpRequest,
} from "vscode-languageserver-protocol/node";
import { writeFiles } from "../helpers/folder.js";
import { LanguageClient } from "../helpers/language-client.js";
import { kernels } from "../helpers/notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

function startClient(t: TestContext, files: Record<string, unknown> = {}): LanguageClient {
  const folder = temporaryFolder(t);
  writeFiles(folder, files);
  const client = new LanguageClient(folder);
  t.after(() => client.child.kill("SIGKILL"));
  return client;
}

const same = (expected: string[][]) => (codes: string[][]) =>
  JSON.stringify(codes) === JSON.stringify(expected);

/** The texts that the repairs of a cell's first error would write. */
async function repairs(client: LanguageClient, cell: number): Promise<string[]> {
  const uri = client.cells[cell] ?? "";
  const diagnostics = client.diagnostics.get(uri) ?? [];
  const [first] = diagnostics;
  assert.ok(first);
  const actions = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: first.range,
    context: { diagnostics },
  });
  return (actions ?? []).flatMap((action) =>
    "edit" in action ? (action.edit?.changes?.[uri] ?? []).map(({ newText }) => newText) : [],
  );
}

test("lsp shows errors while typing, in the cell and in those after it that use its names", async (t) => {
  const client = startClient(t);
  await client.open(["const a = 1;", "const b = a;", "b.toFixed();"]);
  await client.replace(0, "const a = 'one';");
  await client.until(same([[], [], ["2551:1:3"]]));
  await client.edit(0, 10, 15, "2");
  await client.until(same([[], [], []]));
  await client.replace(1, "const c = a;");
  await client.until(same([[], [], ["2304:1:1"]]));
});

test("lsp keeps up with cells that come, go and move, with a kernel that changes, and with the end", async (t) => {
  const client = startClient(t);
  await client.open(["let x: number = 1;", "x.trim();"]);
  await client.until(same([[], ["2339:1:3"]]));
  await client.insert(1, "let x = 'text';");
  await client.until(same([[], [], []]));
  await client.move(1, 0);
  await client.until(same([[], [], ["2339:1:3"]]));
  await client.remove(1);
  await client.until(same([[], []]));
  await client.replace(1, "x.nothing();");
  await client.until(same([[], ["2339:1:3"]]));
  await client.changeMetadata({ kernelspec: kernels.python3 });
  await client.until(same([[], []]));
  await client.changeMetadata({ kernelspec: kernels.tslab });
  await client.until(same([[], ["2339:1:3"]]));
  await client.close();
  await client.until(same([[], []]));
  assert.equal(await client.end(), 0);
});

test("lsp shows an expected error as information, and one that does not come as an error", async (t) => {
  const client = startClient(t);
  await client.open(["// @errors: 2322\nconst a: string = 1;", "// @errors: 2345\n1;"]);
  await client.until(([first, second]) => first?.length === 1 && second?.length === 1);
  const [first, second] = client.cells.map((uri) => client.diagnostics.get(uri)?.[0]);
  assert.deepEqual([first?.code, first?.severity], [2322, 3]);
  assert.deepEqual([second?.message, second?.severity], ["expected error TS2345 does not come", 1]);
});

test("lsp completes names of earlier cells with their types, and imports what is not there yet", async (t) => {
  const client = startClient(t);
  await client.open(["/** How many. */\nconst countOfThings = 3;", "countOf", "readFileSyn"]);
  const complete = async (cell: number, offset: number, label: string) => {
    const found = await client.connection.sendRequest(CompletionRequest.type, client.at(cell, offset));
    const items = Array.isArray(found) ? found : (found?.items ?? []);
    const item = items.find((each) => each.label === label);
    assert.ok(item, `${label} among ${items.length}`);
    return await client.connection.sendRequest(CompletionResolveRequest.type, item);
  };
  const count = await complete(1, 7, "countOfThings");
  assert.equal(count.detail, "const countOfThings: 3");
  assert.deepEqual(count.documentation, { kind: "markdown", value: "How many." });
  const read = await complete(2, 11, "readFileSync");
  assert.match(
    read.additionalTextEdits?.[0]?.newText ?? "",
    /import \{ readFileSync \} from "(?:node:)?fs";/,
  );
});

test("lsp imports what the project has and no cell imports yet: packages and files, by completion and by repair", async (t) => {
  const client = startClient(t, {
    "package.json": { dependencies: { shapes: "*" } },
    "node_modules/shapes/package.json": { name: "shapes", version: "1.0.0", types: "index.d.ts" },
    "node_modules/shapes/index.d.ts": "export declare function areaOfCircle(radius: number): number;\n",
    "node_modules/unnamed/package.json": { name: "unnamed", version: "1.0.0", types: "index.d.ts" },
    "node_modules/unnamed/index.d.ts": "export declare function areaOfSquare(side: number): number;\n",
    "lib/squares.ts": "export const sumOfSquares = (numbers: number[]) => numbers.length;\n",
  });
  await client.open(["const own = 1;", "areaOf", "sumOfSquares([own]);"]);
  const list = await client.connection.sendRequest(CompletionRequest.type, client.at(1, 6));
  const items = (Array.isArray(list) ? list : (list?.items ?? [])).filter(({ label }) =>
    label.startsWith("areaOf"),
  );
  assert.deepEqual(
    items.map(({ label }) => label),
    ["areaOfCircle"],
  );
  const item = await client.connection.sendRequest(CompletionResolveRequest.type, items[0] ?? { label: "" });
  assert.equal(item.detail, "function areaOfCircle(radius: number): number");
  assert.match(item.additionalTextEdits?.[0]?.newText ?? "", /^import \{ areaOfCircle \} from "shapes";/);
  await client.until(([, , third]) => third?.[0] === "2304:1:1");
  assert.ok(
    (await repairs(client, 2)).some((text) =>
      /^import \{ sumOfSquares \} from "\.\/lib\/squares\.ts";/.test(text),
    ),
  );
});

test("lsp tells the type and documentation of a name, and the parameters of a call", async (t) => {
  const client = startClient(t);
  await client.open([
    "/** Adds.\n * @param a the first */\nfunction add(a: number, b = 2) { return a + b; }",
    "add(1, ",
  ]);
  const hover = await client.connection.sendRequest(HoverRequest.type, client.at(1, 1));
  const value = JSON.stringify(hover?.contents);
  assert.match(value, /function add\(a: number, b\?: number\): number/);
  assert.match(value, /Adds\./);
  const help = await client.connection.sendRequest(SignatureHelpRequest.type, client.at(1, 7));
  assert.equal(help?.signatures[0]?.label, "add(a: number, b?: number): number");
  assert.equal(help?.activeParameter, 1);
});

test("lsp goes to definitions in other cells, in local files and in declarations", async (t) => {
  const client = startClient(t, { "util.ts": "\nexport function twice(n: number) { return n * 2; }\n" });
  await client.open([
    "interface Point { x: number }\nconst origin: Point = { x: 0 };",
    "import { twice } from './util.js';\nimport { readFileSync } from 'node:fs';",
    "origin.x;\ntwice(1);\nreadFileSync;",
  ]);
  const goTo = async (offset: number) => {
    const found = await client.connection.sendRequest(DefinitionRequest.type, client.at(2, offset));
    const [first] = [found ?? []].flat();
    assert.ok(first && "uri" in first, JSON.stringify(found));
    return [first.uri, first.range.start.line, first.range.start.character];
  };
  assert.deepEqual(await goTo(1), [client.cells[0], 1, 6]);
  assert.deepEqual(await goTo(8), [client.cells[0], 0, 18]);
  const [util, line] = await goTo(12);
  assert.deepEqual([path.basename(String(util)), line], ["util.ts", 1]);
  const [declarations] = await goTo(22);
  assert.match(String(declarations), /\/fs\.d\.ts$/);
});

test("lsp finds references and renames across cells, up to where the name is declared again", async (t) => {
  const client = startClient(t);
  await client.open([
    "let total = 1;\nfunction f(total: string) { return total; }",
    "total += 1;\nconst object = { total };",
    "const { other } = { other: total };",
    "let total = 'again';",
    "total;",
  ]);
  const found = await client.connection.sendRequest(ReferencesRequest.type, {
    ...client.at(1, 1),
    context: { includeDeclaration: true },
  });
  const places = (found ?? []).map(({ uri, range: { start } }) => [
    client.cells.indexOf(uri),
    start.line,
    start.character,
  ]);
  assert.deepEqual(places, [
    [0, 0, 4],
    [1, 0, 0],
    [1, 1, 17],
    [2, 0, 27],
  ]);
  const edit = await client.connection.sendRequest(RenameRequest.type, {
    ...client.at(2, 28),
    newName: "sum",
  });
  const texts = Object.entries(edit?.changes ?? {}).map(([uri, edits]) => [
    client.cells.indexOf(uri),
    edits.map(({ newText }) => newText),
  ]);
  assert.deepEqual(texts, [
    [0, ["sum"]],
    [1, ["sum", "total: sum"]],
    [2, ["sum"]],
  ]);
  const local = await client.connection.sendRequest(RenameRequest.type, {
    ...client.at(0, 28),
    newName: "text",
  });
  assert.deepEqual(
    Object.values(local?.changes ?? {}).map((edits) => edits.length),
    [2],
  );
});

test("lsp refuses to rename what is no name of the notebook's, and to a name that is taken or none", async (t) => {
  const client = startClient(t);
  await client.open(["const one = 1;", "const two = one;\nconsole.log(two);"]);
  const rename = (offset: number, newName: string) =>
    client.connection.sendRequest(RenameRequest.type, { ...client.at(1, offset), newName });
  await assert.rejects(rename(18, "printer"), /Only names that the notebook's cells declare/);
  await assert.rejects(rename(7, "one"), /`one` is used in the notebook already/);
  await assert.rejects(rename(7, "class"), /`class` is no name/);
  assert.equal(await client.connection.sendRequest(PrepareRenameRequest.type, client.at(1, 18)), null);
});

test("lsp renames no members, no globals, no exports of modules, and nothing that would make other errors", async (t) => {
  const client = startClient(t);
  await client.open([
    "const { width } = { width: 1 };\nclass Box { constructor(readonly side: number) {} }",
    "declare global { var shared: number }\nenum Color { Red }",
    "/** @module parts */\nexport const part = 1; (own: number) => own;",
    "interface Shape { a: number }",
    "const Shape = 1;",
    "const shape: Shape = { a: 1 };",
  ]);
  const rename = (cell: number, word: string) =>
    client.connection.sendRequest(RenameRequest.type, {
      ...client.at(cell, client.text(cell).lastIndexOf(word)),
      newName: "other",
    });
  const refused = /Only names that the notebook's cells declare/;
  await assert.rejects(rename(0, "width"), refused);
  await assert.rejects(rename(0, "side"), refused);
  await assert.rejects(rename(1, "shared"), refused);
  await assert.rejects(rename(1, "Red"), refused);
  await assert.rejects(rename(2, "part"), refused);
  await assert.rejects(rename(3, "Shape"), /the notebook would have other errors/);
  assert.equal(Object.values((await rename(2, "own"))?.changes ?? {}).flat().length, 2);
});

test("lsp outlines a cell, and offers the repairs that TypeScript knows", async (t) => {
  const client = startClient(t);
  await client.open([
    "class Animal { name = ''; run() {} }\nconst cat = new Animal();",
    "catt.run();",
    "existsSync('a');",
  ]);
  const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, {
    textDocument: { uri: client.cells[0] ?? "" },
  });
  assert.deepEqual(
    symbols?.map((each) => [each.name, "children" in each ? each.children?.map(({ name }) => name) : []]),
    [
      ["Animal", ["name", "run"]],
      ["cat", []],
    ],
  );
  await client.until(same([[], ["2552:1:1"], ["2304:1:1"]]));
  assert.ok((await repairs(client, 1)).includes("cat"));
  assert.ok(
    (await repairs(client, 2)).some((text) => /import \{ existsSync \} from "(?:node:)?fs"/.test(text)),
  );
});

test("lsp is silent about notebooks of other kernels", async (t) => {
  const client = startClient(t);
  await client.open(["const a: string = 1;"], { kernelspec: { name: "deno", language: "typescript" } });
  assert.equal(await client.connection.sendRequest(HoverRequest.type, client.at(0, 7)), null);
  assert.equal(client.diagnostics.size, 0);
});

test("lsp warns of a tsconfig.json that cannot be read", async (t) => {
  const client = startClient(t, { "tsconfig.json": '{ "extends": "./nowhere.json" }' });
  const warned = new Promise<string>((resolve) => {
    client.connection.onNotification(ShowMessageNotification.type, ({ message }) => resolve(message));
  });
  await client.open(["1;"]);
  assert.match(await warned, /tsconfig\.json - error TS5083: Cannot read file '.*nowhere\.json'/);
});

test("lsp ends by itself when the client goes away", async (t) => {
  const client = startClient(t);
  await client.open(["1;"]);
  const exit = new Promise((resolve) => client.child.once("exit", resolve));
  client.child.stdin?.end();
  await exit;
});
