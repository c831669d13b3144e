import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient, outputsOf } from "../helpers/kernel-client.js";

describe("prompt() and confirm()", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());

  /** Runs a cell and answers each question it asks. */
  async function converse(code: string, answers: string[]) {
    const asked: string[] = [];
    const id = kernel.submit(code, { allow_stdin: true });
    const exchange = kernel.exchange(id);
    for (const value of answers) {
      const { header, content } = await kernel.waitFor(
        ({ parent_header }) => parent_header.msg_id === id,
        "stdin",
      );
      assert.equal(header.msg_type, "input_request");
      asked.push(content.prompt);
      kernel.send("input_reply", { value, status: "ok" }, "stdin");
    }
    const { reply, iopub } = await exchange;
    assert.equal(reply.content.status, "ok");
    const result = iopub.find(({ header }) => header.msg_type === "execute_result");
    return { asked, result: result?.content.data["text/plain"], iopub };
  }

  test("ask the front end, synchronously, after what was printed before", async () => {
    const { asked, result, iopub } = await converse(
      `console.log("before"); const answers = [prompt("Name? "), prompt("Again? ", "default"), confirm("Sure?"), confirm("Really?")]; answers`,
      ["Ada", "", "yes", "n"],
    );
    assert.deepEqual(asked, ["Name? ", "Again? ", "Sure? [y/N] ", "Really? [y/N] "]);
    assert.equal(result, "[ 'Ada', 'default', true, false ]");
    assert.ok(iopub.some(({ content }) => content.text === "before\n"));
  });

  test("a password is asked for as one", async () => {
    const id = kernel.submit(
      `[prompt("Key? ", { password: true }), prompt("Key? ", "none", { password: true })]`,
      { allow_stdin: true },
    );
    const exchange = kernel.exchange(id);
    for (const value of ["secret", ""]) {
      const { content } = await kernel.waitFor(({ parent_header }) => parent_header.msg_id === id, "stdin");
      assert.deepEqual(content, { prompt: "Key? ", password: true });
      kernel.send("input_reply", { value, status: "ok" }, "stdin");
    }
    assert.equal(outputsOf((await exchange).iopub).result, "[ 'secret', 'none' ]");
  });

  test("return null when the front end cannot be asked", async () => {
    const { result } = await kernel.execute("[prompt('a'), confirm('b')]", { allow_stdin: false });
    assert.equal(result, "[ null, null ]");
  });

  test("the control channel answers meanwhile, and an interrupt ends the question", async () => {
    const id = kernel.submit("prompt('for ever')", { allow_stdin: true });
    await kernel.waitFor(({ parent_header }) => parent_header.msg_id === id, "stdin");
    assert.equal((await kernel.request("kernel_info_request", {}, "control")).reply.content.status, "ok");
    const exchange = kernel.exchange(id);
    await kernel.request("interrupt_request", {}, "control");
    assert.equal((await exchange).reply.content.ename, "KeyboardInterrupt");
    kernel.send("input_reply", { value: "too late", status: "ok" }, "stdin");
    const { result } = await converse("prompt('next')", ["in time"]);
    assert.equal(result, "'in time'");
  });
});
