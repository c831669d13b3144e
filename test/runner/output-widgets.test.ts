import assert from "node:assert/strict";
import { before, type TestContext, test } from "node:test";
import { recordOf } from "#dist/document/record.js";
import { runNotebook } from "#dist/runner/index.js";
import { kernels, writeNotebook } from "../helpers/notebook.js";
import { usePythonEnvironment } from "../helpers/python-environment.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";

before(usePythonEnvironment);

/** The messages that ipywidgets sends for an Output widget, without ipywidgets. */
const outputWidget = `
from comm import create_comm
from IPython.display import clear_output, display

class Output:
    def __init__(self):
        state = {"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output", "outputs": [], "msg_id": ""}
        self.told = []
        self.comm = create_comm(target_name="jupyter.widget", data={"state": state, "buffer_paths": []})
        self.comm.on_msg(lambda message: self.told.append(message["content"]["data"]["state"]["outputs"]))
    def take(self, request):
        import sys
        sys.stdout.flush()
        self.comm.send({"method": "update", "state": {"msg_id": request}, "buffer_paths": []})
    def __enter__(self):
        self.take(get_ipython().kernel.get_parent()["header"]["msg_id"])
    def __exit__(self, kind, error, trace):
        if kind:
            get_ipython().showtraceback((kind, error, trace))
        self.take("")
        return True

one, two = Output(), Output()`;

async function run(t: TestContext, ...cells: string[]) {
  const kernelspec = kernels.python3;
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", [outputWidget, ...cells], { kernelspec });
  const { status, notebook } = await runNotebook(file);
  const widgets = recordOf(recordOf(notebook.metadata.widgets)["application/vnd.jupyter.widget-state+json"]);
  const outputs = Object.values(recordOf(widgets.state)).map(
    (model) => recordOf(recordOf(model).state).outputs,
  );
  return { status, cells: notebook.cells.slice(1).map((cell) => cell.outputs), outputs };
}

const text = (text: string, name = "stdout") => ({ output_type: "stream", name, text });

test("an Output widget takes prints and errors, and neither the cell nor the run fails by them", async (t) => {
  const { status, cells, outputs } = await run(
    t,
    "with one:\n    print('inside')\n    raise ValueError('captured')\nprint('after')",
    "print(one.told[-1][0]['text'], one.told[-1][1]['ename'])",
  );
  assert.equal(status, "ok");
  assert.deepEqual(cells, [[text("after\n")], [text("inside\n ValueError\n")]]);
  const [[printed, error]] = outputs as [[unknown, { ename: string }], unknown];
  assert.deepEqual(printed, text("inside\n"));
  assert.equal(error.ename, "ValueError");
});

test("Output widgets within each other: the inner one takes, then the outer one again", async (t) => {
  const { cells, outputs } = await run(
    t,
    "with one:\n    print('a')\n    with two:\n        print('b')\n    print('c')",
  );
  assert.deepEqual(cells, [[]]);
  assert.deepEqual(outputs, [[text("a\nc\n")], [text("b\n")]]);
});

test("clear_output() and updates of displays reach what an Output widget has taken", async (t) => {
  const { outputs } = await run(
    t,
    "with one:\n    print('old')\n    clear_output(wait=True)\n    print('new')\nwith two:\n    handle = display('x', display_id=True)",
    "handle.update('y')",
  );
  assert.deepEqual(outputs[0], [text("new\n")]);
  assert.deepEqual((outputs[1] as { data: object }[])[0]?.data, { "text/plain": "'y'" });
});

test("carriage returns in an Output widget are settled as in a cell", async (t) => {
  const { outputs } = await run(t, "with one:\n    print('10%\\r20%\\r30%')");
  assert.deepEqual(outputs[0], [text("30%\n")]);
});
