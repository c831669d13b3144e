import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { wrapperName } from "#dist/kernel/executor/cell/cell-function.js";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

const folder = enterFolder({
  "lib/thrower.ts":
    "export interface Nothing {}\n\nexport function raise(): never {\n  throw new Error('raised');\n}\n",
});
const session = new Session();

/** The places of the frames of the error that a cell throws, in what the user wrote. */
async function frames(source: string): Promise<string[]> {
  const error = await session.run(source).then(
    () => assert.fail("Expected the cell to throw"),
    (reason: Error) => reason,
  );
  const ofUser = (error.stack ?? "").split("\n").filter((line) => !line.includes(wrapperName));
  return [...ofUser.join("\n").matchAll(/\(?([^ (]+):(\d+):(\d+)\)?$/gm)].flatMap(
    ([, fileName = "", line, column]) => {
      const found = session.language.mapStackFrame({ fileName, line: Number(line), column: Number(column) });
      return found ? [`${found.fileName}:${found.line}:${found.column}`] : [];
    },
  );
}

describe("mapStackFrame()", () => {
  test("gives line and column in the cell", async () => {
    assert.deepEqual(await frames("interface A {\n  a: 1;\n}\n\n  throw new Error('x');"), [
      "cell[1].ts:5:9",
    ]);
  });

  test("follows functions through cells, awaits and assignments", async () => {
    await session.run("type T = 1;\nfunction fail(): never {\n  throw new Error('x');\n}");
    await session.run("const viaArrow = async () => {\n  await null;\n  fail();\n};");
    assert.deepEqual(await frames("\nlet result: unknown;\nresult = [1, await viaArrow()];"), [
      "cell[2].ts:3:9",
      "cell[3].ts:3:3",
      "cell[4].ts:3:14",
    ]);
  });

  test("knows imported TypeScript files", async () => {
    const [first, second] = await frames('import { raise } from "./lib/thrower";\nif (1) {\n  raise();\n}');
    assert.equal(first, `${join(folder, "lib/thrower.ts")}:4:9`);
    assert.equal(second, "cell[5].ts:3:3");
  });

  test("is exact after helpers, imports and using", async () => {
    assert.deepEqual(
      await frames(
        'import * as fs from "node:fs";\nusing r = { [Symbol.dispose]() {} };\nconst { a = fs.readFileSync("nowhere") } = {};',
      ),
      ["cell[6].ts:3:16"],
    );
  });

  test("gives nothing for other files", () => {
    assert.equal(session.language.mapStackFrame({ fileName: "node:fs", line: 1, column: 1 }), undefined);
  });
});
