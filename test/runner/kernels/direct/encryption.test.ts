import assert from "node:assert/strict";
import { test } from "node:test";
import { runNotebook } from "poolbook/runner";
import { writeNotebook } from "../../../helpers/notebook.js";
import { usePythonEnvironment } from "../../../helpers/python-environment.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const heartbeat = `
import json, ipykernel, zmq
from importlib.metadata import version
info = json.loads(ipykernel.get_connection_info())

def answer(with_keys):
    socket = zmq.Context.instance().socket(zmq.REQ)
    socket.linger = 0
    if with_keys:
        socket.curve_serverkey = info["curve_publickey"].encode()
        socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
    socket.connect(f"tcp://{info['ip']}:{info['hb_port']}")
    socket.send(b"beat")
    limit = 10_000 if with_keys else 500
    reply = socket.recv() if socket.poll(limit) else None
    socket.close()
    return reply

print(version("ipykernel").split(".")[0], info["transport"], answer(False), answer(True))`;

test("runNotebook() speaks to ipykernel over TCP with encryption, as its kernelspec offers", async (t) => {
  await usePythonEnvironment();
  const cells = [
    heartbeat,
    "import sys; print('x' * 3_000_000, file=sys.stderr)",
    "raise ValueError('told')",
  ];
  const file = writeNotebook(temporaryFolder(t), "n.ipynb", cells, { kernelspec: { name: "python3" } });
  const { status, notebook } = await runNotebook(file);
  const [beat, long, told] = notebook.cells.map((cell) => Object(cell).outputs[0]);
  assert.equal(beat.text, "7 tcp None b'beat'\n");
  assert.equal(long.text.length, 3_000_001);
  assert.equal(told.evalue, "told");
  assert.equal(status, "failed");
});
