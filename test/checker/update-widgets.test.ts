import assert from "node:assert/strict";
import { before, test } from "node:test";
import { checkNotebook } from "poolbook/checker";
import { recordOf } from "#dist/document/record.js";
import { kernels } from "../helpers/notebook.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { readStored, writeStored } from "../helpers/stored-notebook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

before(usePythonEnvironment);

const slider = `
from comm import create_comm
from IPython.display import display
state = {"_model_name": "IntSliderModel", "_model_module": "@jupyter-widgets/controls", "value": 3}
comm = create_comm(target_name="jupyter.widget", data={"state": state, "buffer_paths": []})
view = {"model_id": comm.comm_id, "version_major": 2, "version_minor": 0}
display({"application/vnd.jupyter.widget-view+json": view, "text/plain": "slider"}, raw=True)`;

test("checkNotebook() with update stores the state of the widgets that the stored views name", async (t) => {
  const kernelspec = kernels.python3;
  const file = writeStored(temporaryFolder(t), "n.ipynb", [{ source: slider }], { kernelspec });
  const { status, updated } = await checkNotebook(file, { update: true });
  assert.deepEqual([status, updated], ["equal", [1]]);
  const { cells, metadata } = readStored(file);
  const view = JSON.stringify(cells[0]?.outputs);
  const widgets = recordOf(recordOf(metadata.widgets)["application/vnd.jupyter.widget-state+json"]);
  const [[model, stored] = []] = Object.entries(recordOf(widgets.state));
  assert.ok(model !== undefined && view.includes(model), view);
  assert.equal(recordOf(recordOf(stored).state).value, 3);
});
