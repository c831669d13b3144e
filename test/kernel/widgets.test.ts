import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { JupyterMessage } from "../helpers/jupyter-message.js";
import { KernelClient } from "../helpers/kernel-client.js";

const root = path.resolve(import.meta.dirname, "../../..");
const viewType = "application/vnd.jupyter.widget-view+json";

describe("widgets", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start({ cwd: root });
    await ok(
      'import { button, interact, progress, select, slider, text, vbox, widget } from "poolbook/display";',
    );
    await ok('import { Pool } from "poolbook";');
  });
  after(() => kernel.stop());

  const ok = async (code: string, options = {}) => {
    const exchange = await kernel.execute(code, options);
    assert.equal(exchange.reply.content.status, "ok", exchange.reply.content.evalue);
    return exchange;
  };
  const ofType = (messages: JupyterMessage[], type: string) =>
    messages.filter(({ header }) => header.msg_type === type);
  const contents = (messages: JupyterMessage[], type: string) =>
    ofType(messages, type).map(({ content }) => content);
  /** Runs code that makes a widget and shows it; the id of its model. */
  const shown = async (code: string) => {
    const { iopub } = await ok(code);
    const [result] = contents(iopub, "execute_result");
    return String(result.data[viewType].model_id);
  };
  const say = (comm_id: string, data: object, buffers: Uint8Array[] = []) =>
    kernel.tell("comm_msg", { comm_id, data }, { buffers });
  const update = (id: string, state: object, buffers: Uint8Array[] = [], buffer_paths: unknown[] = []) =>
    say(id, { method: "update", state, buffer_paths }, buffers);

  test("widget() opens an anywidget with its state and bytes, and shows its view", async () => {
    const { iopub } = await ok(
      `const own = widget({ esm: "export default {}", css: "p {}", count: 1, data: { list: [new Uint8Array([1, 2])] } as unknown }); own`,
    );
    const [opened] = ofType(iopub, "comm_open");
    assert.deepEqual(opened?.metadata, { version: "2.1.0" });
    assert.equal(opened.content.target_name, "jupyter.widget");
    const { _anywidget_id, ...state } = opened.content.data.state;
    assert.match(_anywidget_id, /^poolbook\.[0-9a-f]{16}$/);
    assert.deepEqual(state, {
      _model_module: "anywidget",
      _model_name: "AnyModel",
      _model_module_version: "*",
      _view_module: "anywidget",
      _view_name: "AnyView",
      _view_module_version: "*",
      _view_count: null,
      _esm: "export default {}",
      _css: "p {}",
      count: 1,
      data: { list: [null] },
    });
    assert.deepEqual(opened.content.data.buffer_paths, [["data", "list", 0]]);
    assert.deepEqual([...(opened.buffers[0] ?? [])], [1, 2]);
    const [{ data }] = contents(iopub, "execute_result");
    assert.deepEqual(data[viewType], {
      version_major: 2,
      version_minor: 0,
      model_id: opened.content.comm_id,
    });
    assert.equal(data["text/plain"], "Widget { count: 1, data: { list: [ [Uint8Array] ] } }");
  });

  test("traits travel both ways, bytes too; the front end's change is echoed and not sent back", async () => {
    const id = await shown("own");
    const { iopub } = await ok("own.set({ count: 2, data: new Float32Array([1]) }); own.count = 2;");
    const [sent, ...more] = ofType(iopub, "comm_msg");
    assert.deepEqual(more, []);
    assert.deepEqual(sent?.content.data, {
      method: "update",
      state: { count: 2 },
      buffer_paths: [["data"]],
    });
    assert.deepEqual([...(sent.buffers[0] ?? [])], [0, 0, 128, 63]);
    await ok("own.observe(({ name, old, new: value }) => console.log(name, old, value));");
    const answer = await update(id, { count: 7 }, [new Uint8Array([9])], [["data"]]);
    assert.deepEqual(contents(answer, "comm_msg"), [
      {
        comm_id: id,
        data: { method: "echo_update", state: { count: 7 }, buffer_paths: [["data"]] },
      },
    ]);
    for (const line of [/count 2 7/, /data .* Uint8Array\(1\) \[ 9 \]/s]) {
      await kernel.waitFor(({ content }) => line.test(content.text));
    }
    assert.equal((await ok("[own.count, own.data]")).result, "[ 7, Uint8Array(1) [ 9 ] ]");
  });

  test("an observer that sets a trait sends it; one that throws keeps nothing from happening", async () => {
    const id = await shown("const s = slider({ max: 10 }); const twice = slider({ max: 20 }); s");
    await ok(`s.observe(() => { throw new RangeError("observer"); }, "value");
      s.observe(({ new: value }) => { twice.value = 2 * value; }, "value");`);
    const answer = await update(id, { value: 4 });
    assert.deepEqual(
      contents(answer, "comm_msg").map(({ data }) => [data.method, data.state]),
      [
        ["echo_update", { value: 4 }],
        ["update", { value: 8 }],
      ],
    );
    await kernel.waitFor(
      ({ header, content }) => header.msg_type === "error" && content.evalue === "observer",
    );
    assert.equal((await ok("[s.value, twice.value]")).result, "[ 4, 8 ]");
  });

  test("an observer that throws while its own cell runs fails the cell", async () => {
    const { reply } = await kernel.execute(
      `const t = slider(); t.observe(() => { throw new RangeError("at once"); }); t.value = 1;`,
    );
    assert.deepEqual([reply.content.status, reply.content.evalue], ["error", "at once"]);
  });

  test("request_state is answered by the whole state, as a child of the question", async () => {
    const id = await shown("s");
    const [answer] = contents(await say(id, { method: "request_state" }), "comm_msg");
    assert.equal(answer.data.method, "update");
    assert.equal(answer.data.state._model_name, "IntSliderModel");
    assert.equal(answer.data.state.value, 4);
    assert.equal(answer.data.state.continuous_update, true);
  });

  test("custom messages travel both ways, with bytes; a button is pressed by one", async () => {
    const id = await shown("own");
    await ok("own.onMsg((content, buffers) => own.send({ got: content }, buffers));");
    const [answer] = ofType(
      await say(id, { method: "custom", content: { a: 1 } }, [new Uint8Array([5])]),
      "comm_msg",
    );
    assert.deepEqual(answer?.content.data, { method: "custom", content: { got: { a: 1 } } });
    assert.deepEqual([...(answer.buffers[0] ?? [])], [5]);
    const pressed = await shown(`const b = button({ description: "Go" });
      b.onClick((button) => console.log("pressed", button.description)); b`);
    await say(pressed, { method: "custom", content: { event: "click" } });
    await kernel.waitFor(({ content }) => content.text === "pressed Go\n");
  });

  test("select() gives the value that the front end's index means", async () => {
    const id = await shown(
      'const day = select({ options: [["first", new Date(0)], ["second", new Date(1)]] }); day',
    );
    await update(id, { index: 1 });
    assert.equal((await ok("day.value.getTime()")).result, "1");
    const { iopub } = await ok(
      'const sizes = select({ options: { s: 1, m: 2 }, layout: { width: "60%" } }); sizes.value = 2;',
    );
    const states = contents(iopub, "comm_open").map(({ data }) => data.state);
    assert.deepEqual(
      states.map(({ _model_name }) => _model_name),
      ["LayoutModel", "DropdownModel"],
    );
    assert.deepEqual([states[0].width, states[1]._options_labels, states[1].index], ["60%", ["s", "m"], 0]);
    assert.match(states[1].layout, /^IPY_MODEL_/);
    assert.equal(contents(iopub, "comm_msg")[0].data.state.index, 1);
  });

  test("interact() shows controls and a value that follows them, also an error and a promise's", async () => {
    const { iopub } = await ok(
      `interact(async ({ n, word, isLoud, size }) => {
        if (n === 9) { throw new RangeError("nine"); }
        return [n, word, isLoud, size];
      }, { n: [1, 10], word: "hey", isLoud: true, size: ["s", "m"] });`,
    );
    const models = contents(iopub, "comm_open").map(({ data }) => data.state._model_name);
    assert.deepEqual(models, ["IntSliderModel", "TextModel", "CheckboxModel", "DropdownModel", "VBoxModel"]);
    const [, value] = contents(iopub, "display_data");
    assert.deepEqual(value.data, { "text/plain": "[ 5, 'hey', true, 's' ]" });
    const [slider] = contents(iopub, "comm_open");
    const showsLater = (shows: (data: Record<string, string>) => boolean) =>
      kernel.waitFor(
        ({ header, content }) =>
          header.msg_type === "update_display_data" &&
          content.transient.display_id === value.transient.display_id &&
          shows(content.data),
      );
    await update(slider.comm_id, { value: 6 });
    await showsLater((data) => data["text/plain"] === "[ 6, 'hey', true, 's' ]");
    await update(slider.comm_id, { value: 9 });
    await showsLater((data) => /^RangeError: nine/.test(data["application/vnd.jupyter.stderr"] ?? ""));
    const { reply } = await kernel.execute('interact(() => { throw new RangeError("first"); }, { n: 1 })');
    assert.equal(reply.content.evalue, "first");
    const wrong = await kernel.execute("interact((_: unknown) => 1, { n: null as never })");
    assert.match(wrong.reply.content.evalue, /Expected `n` to stand for a control, got `null`/);
  });

  test("progress() is text that changes in place where nobody looks, and a widget where somebody does", async () => {
    const code = `let sum = 0; for (const x of progress([1, 2, 3], { description: "adding" })) { sum += x; } sum`;
    const unwatched = await ok(code);
    assert.equal(unwatched.result, "6");
    const last = contents(unwatched.iopub, "update_display_data").at(-1);
    assert.deepEqual(last.data, { "text/plain": "adding ████████████████████ 3 of 3" });
    assert.deepEqual(contents(unwatched.iopub, "comm_open"), []);
    const watched = await ok(code, { allow_stdin: true });
    const models = contents(watched.iopub, "comm_open").map(({ data }) => data.state._model_name);
    assert.deepEqual(models, ["FloatProgressModel", "LabelModel", "HBoxModel"]);
    const end = contents(watched.iopub, "update_display_data").at(-1);
    assert.equal(end.data["text/plain"], "adding ████████████████████ 3 of 3");
    assert.ok(viewType in end.data);
    const states = contents(watched.iopub, "comm_msg").map(({ data }) => data.state);
    assert.ok(states.some(({ bar_style }) => bar_style === "success"));
  });

  test("progress() counts what a pool and other asynchronous sources give, and how far a loop came", async () => {
    const lastText = async (code: string) => {
      const { iopub } = await ok(code);
      const shown = ["display_data", "update_display_data"].flatMap((type) => contents(iopub, type));
      return shown.at(-1).data["text/plain"].replace(/[█░ ]+/, "");
    };
    await ok("const pool = new Pool(2);");
    const imap =
      "for await (const y of progress(pool.imap((x: number) => x + 1, [1, 2, 3]))) { y.toFixed(); }";
    assert.equal(await lastText(imap), "3 of 3");
    const map =
      "const all: number[] = await progress(pool.mapAsync((x: number) => x, [1, 2, 3, 4], { chunksize: 2 }));";
    assert.equal(await lastText(map), "2 of 2");
    assert.equal(await lastText("for (const task of progress(pool.tasks)) { task.outcome; }"), "5 of 5");
    assert.equal(
      await lastText("async function* two() { yield 1; yield 2; } for await (const _ of progress(two())) {}"),
      "2",
    );
    assert.equal(
      await lastText("for (const x of progress(new Set([1, 2, 3]))) { if (x === 2) break; }"),
      "1 of 3",
    );
    const { reply } = await kernel.execute(
      "await progress(pool.mapAsync((x: number) => { throw new RangeError('task'); }, [1]))",
    );
    assert.equal(reply.content.evalue, "task");
    await ok("await pool.terminate();");
  });

  test("close() takes the widget out of the front end; it goes on without", async () => {
    const { iopub } = await ok("twice.close(); twice.value = 3;");
    assert.equal(ofType(iopub, "comm_close").length, 1);
    assert.equal(ofType(iopub, "comm_msg").length, 0);
    assert.equal((await ok("twice.value")).result, "3");
    assert.equal(kernel.log, "");
  });
});
