import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import { recordOf } from "#dist/document/record.js";
import { runNotebook } from "#dist/runner/index.js";

const file = path.resolve(import.meta.dirname, "../../../test/kernel/public/widgets.ipynb");
const stateType = "application/vnd.jupyter.widget-state+json";

/** The models of the widgets, in an order of their own and without their ids. */
function modelsOf(metadata: Record<string, unknown>): unknown[] {
  const { state } = recordOf(recordOf(metadata.widgets)[stateType]);
  const text = JSON.stringify(Object.values(recordOf(state))).replace(/IPY_MODEL_[-\w]+/g, "IPY_MODEL");
  const key = (model: unknown) => inspect(model, { sorted: true, depth: null });
  return (JSON.parse(text) as unknown[]).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

test("runNotebook() keeps the state of our widgets: the last values, with their bytes", async () => {
  const { status, notebook } = await runNotebook(file);
  assert.equal(status, "ok");
  const models = modelsOf(notebook.metadata);
  assert.deepEqual(models, modelsOf(JSON.parse(readFileSync(file, "utf8")).metadata));
  const named = (name: string) => recordOf(models.find((model) => recordOf(model).model_name === name));
  assert.equal(recordOf(named("AnyModel").state).value, 2);
  assert.deepEqual(named("AnyModel").buffers, [
    { path: ["ranges", 0], encoding: "base64", data: "BA==" },
    { path: ["bytes"], encoding: "base64", data: "CQ==" },
  ]);
  assert.equal(models.length, 11);
});
