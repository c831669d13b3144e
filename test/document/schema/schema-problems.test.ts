import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { before, test } from "node:test";
import fc from "fast-check";
import { schemaProblems } from "#dist/document/schema/schema-problems.js";
import { arbitraryNotebook } from "../../helpers/arbitrary-notebook.js";
import { usePythonEnvironment } from "../../helpers/python-environment.js";

const validate = `
import json, pathlib, sys
import fastjsonschema, nbformat
schema = pathlib.Path(nbformat.__file__).parent / "v4" / "nbformat.v4.5.schema.json"
validate = fastjsonschema.compile(json.loads(schema.read_text()))
def is_valid(notebook):
    try:
        validate(notebook)
    except fastjsonschema.JsonSchemaException:
        return False
    return True
print(json.dumps([is_valid(notebook) for notebook in json.load(sys.stdin)]))
`;

let python = "";

before(async () => {
  python = path.join(await usePythonEnvironment(), "bin", "python");
});

/** What nbformat's own schema for 4.5 says. */
function isValid(notebooks: unknown[]): boolean[] {
  const input = JSON.stringify(notebooks);
  return JSON.parse(execFileSync(python, ["-c", validate], { input, encoding: "utf8", maxBuffer: 2 ** 26 }));
}

const spoilers: unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  "",
  "text",
  "a b",
  [],
  [1],
  ["a", "a"],
  ["x,y"],
  {},
  { a: 1 },
  { name: 1 },
];

/** The notebook with one value, somewhere in it, replaced, removed, or added. */
const spoiled = fc
  .tuple(arbitraryNotebook, fc.array(fc.nat(), { minLength: 1, maxLength: 7 }), fc.constantFrom(...spoilers))
  .map(([notebook, steps, spoiler]) => {
    const copy = JSON.parse(JSON.stringify(notebook));
    let owner = copy;
    for (const [position, step] of steps.entries()) {
      const keys = [...Object.keys(owner), "new"];
      const key = keys[step % keys.length] as string;
      const inner = owner[key];
      if (position < steps.length - 1 && typeof inner === "object" && inner !== null) {
        owner = inner;
        continue;
      }
      if (Array.isArray(owner)) {
        owner[Number(key) || 0] = spoiler ?? null;
      } else if (spoiler === undefined) {
        delete owner[key];
      } else {
        owner[key] = spoiler;
      }
      break;
    }
    return copy;
  });

test("problems are found in exactly the notebooks that nbformat's own schema refuses", () => {
  const notebooks = fc.sample(fc.oneof(arbitraryNotebook, spoiled, spoiled, spoiled), {
    numRuns: 2000,
    seed: 5,
  });
  const valid = isValid(notebooks);
  assert.ok(valid.includes(true) && valid.includes(false));
  for (const [index, notebook] of notebooks.entries()) {
    const problems = schemaProblems(JSON.parse(JSON.stringify(notebook)));
    assert.equal(
      problems.length === 0,
      valid[index],
      `${JSON.stringify(problems)} ${JSON.stringify(notebook)}`,
    );
  }
});
