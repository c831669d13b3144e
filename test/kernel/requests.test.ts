import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

describe("requests", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
  });
  after(() => kernel.stop());
  const ask = async (
    type: string,
    content: Record<string, unknown> = {},
    channel: "shell" | "control" = "shell",
  ) => (await kernel.request(type, content, channel)).reply.content;

  test("kernel_info_reply is complete and true", async () => {
    const info = await ask("kernel_info_request");
    assert.equal(info.status, "ok");
    assert.equal(info.protocol_version, "5.5");
    assert.equal(info.implementation, "tslab");
    assert.equal(info.implementation_version, "1.0.22");
    const { version, ...language } = info.language_info;
    assert.match(version, /^\d+\.\d+\.\d+/);
    assert.notEqual(version, "3.7.2");
    assert.deepEqual(language, {
      name: "typescript",
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    });
    assert.ok(info.banner.includes(process.version));
    assert.ok(Array.isArray(info.help_links));
  });

  test("complete_reply counts in code points and gives types", async () => {
    await kernel.execute("const complicated = { inner: 1 };");
    const code = "const text = '😀😀'; complica";
    const reply = await ask("complete_request", { code, cursor_pos: [...code].length });
    assert.deepEqual(reply.matches, ["complicated"]);
    assert.deepEqual([reply.cursor_start, reply.cursor_end], [[...code].length - 8, [...code].length]);
    assert.equal(reply.metadata._jupyter_types_experimental[0].text, "complicated");
    const member = await ask("complete_request", { code: "complicated.", cursor_pos: 12 });
    assert.deepEqual(member.matches, ["inner"]);
    const beyond = await ask("complete_request", { code: "complica", cursor_pos: 800 });
    assert.deepEqual([beyond.matches, beyond.cursor_end], [["complicated"], 8]);
  });

  test("inspect_reply tells the type, counting in code points, and says when there is nothing", async () => {
    await kernel.execute(
      "/** What it is for. */\nfunction documented(a: number): string { return String(a); }",
    );
    const code = "'😀'; documented";
    const reply = await ask("inspect_request", { code, cursor_pos: [...code].length - 2, detail_level: 0 });
    assert.equal(reply.found, true);
    assert.match(reply.data["text/plain"], /function documented\(a: number\): string/);
    assert.match(
      reply.data["text/markdown"],
      /^```typescript\nfunction documented\(a: number\): string\n```\n\nWhat it is for\.$/,
    );
    const nothing = await ask("inspect_request", { code: "nowhere_known", cursor_pos: 5, detail_level: 0 });
    assert.deepEqual([nothing.status, nothing.found, nothing.data], ["ok", false, {}]);
  });

  test("inspect_reply with a detail level of 1 shows the source, of a cell or a file", async () => {
    const source = "const area = (width: number): number => {\n  // squared\n  return width ** 2;\n};";
    await kernel.execute(`// before\n${source}\nclass Other {}\nimport { basename } from "node:path";`);
    const inspect = async (code: string) =>
      (await ask("inspect_request", { code, cursor_pos: code.length, detail_level: 1 })).data;
    const { "text/plain": plain, "text/markdown": markdown } = await inspect("area");
    assert.ok(plain.startsWith("const area: (width: number) => number") && plain.endsWith(`\n${source}`));
    assert.ok(markdown.endsWith(`\`\`\`typescript\n${source}\n\`\`\``), markdown);
    assert.match((await inspect("Other"))["text/plain"], /\nclass Other \{\}$/);
    assert.match(
      (await inspect("basename"))["text/plain"],
      /\n(function )?basename\(path: string, suffix\?: string\): string;$/,
    );
    const code = "area";
    const brief = await ask("inspect_request", { code, cursor_pos: code.length, detail_level: 0 });
    assert.equal(brief.data["text/plain"], "const area: (width: number) => number");
  });

  test("is_complete_reply tells complete, incomplete and invalid apart", async () => {
    const expected: Record<string, string> = {
      "1 + 1": "complete",
      "function f() {\n  return 1;\n}": "complete",
      "await fetch('x')": "complete",
      "function f() {": "incomplete",
      "const x = ": "incomplete",
      "`abc": "incomplete",
      "/* abc": "incomplete",
      "f(1,": "incomplete",
      "import = 7q": "invalid",
      "let 1a = 2": "invalid",
      "'abc": "invalid",
    };
    for (const [code, status] of Object.entries(expected)) {
      assert.equal((await ask("is_complete_request", { code })).status, status, code);
    }
    assert.equal((await ask("is_complete_request", { code: "if (true) {" })).indent, "  ");
  });

  test("history_reply gives tail, range and search, with output and unique", async () => {
    for (const code of ["'h1'", "'h2'", "'h1'"]) {
      await kernel.execute(code);
    }
    const inputs = (reply: { history: [number, number, string][] }) =>
      reply.history.map(([, , input]) => input);
    const tail = { hist_access_type: "tail", n: 3, output: false, raw: true };
    assert.deepEqual(inputs(await ask("history_request", tail)), ["'h1'", "'h2'", "'h1'"]);
    const search = { hist_access_type: "search", pattern: "'h?'", n: 10, output: false, raw: true };
    assert.deepEqual(inputs(await ask("history_request", search)), ["'h1'", "'h2'", "'h1'"]);
    assert.deepEqual(inputs(await ask("history_request", { ...search, unique: true })), ["'h2'", "'h1'"]);
    assert.deepEqual(inputs(await ask("history_request", { ...search, n: 1 })), ["'h1'"]);
    const all = await ask("history_request", { ...tail, n: 100, output: true });
    const [, line, last] = all.history.at(-1);
    assert.deepEqual(last, ["'h1'", "'h1'"]);
    const range = {
      hist_access_type: "range",
      session: 0,
      start: line - 1,
      stop: line,
      output: false,
      raw: true,
    };
    assert.deepEqual(inputs(await ask("history_request", range)), ["'h2'"]);
  });

  test("comm_info, connect and comm_open are answered; messages nobody knows harm nobody", async () => {
    assert.deepEqual(await ask("comm_info_request"), { status: "ok", comms: {} });
    assert.equal((await ask("connect_request")).hb_port, 5);
    const opened = kernel.send("comm_open", { comm_id: "c1", target_name: "widgets", data: {} });
    const closed = await kernel.waitFor(({ header }) => header.msg_type === "comm_close");
    assert.deepEqual([closed.parent_header.msg_id, closed.content.comm_id], [opened, "c1"]);
    kernel.send("comm_msg", { comm_id: "c1", data: {} });
    kernel.send("nonsense_request", {});
    kernel.send("nonsense_request", {}, "control");
    assert.equal((await kernel.execute("'alive'")).result, "'alive'");
    assert.equal(kernel.log, "");
  });

  test("iopub_welcome greets a subscriber", () => {
    const welcome = kernel.iopub.find(({ header }) => header.msg_type === "iopub_welcome");
    assert.deepEqual(welcome?.content, { subscription: "" });
  });

  test("a message with a wrong signature is refused", async () => {
    const before = kernel.iopub.length;
    kernel.send("execute_request", { code: "console.log('forged')" }, "shell", { key: "wrong key" });
    await kernel.execute("1");
    const texts = kernel.iopub.slice(before).map(({ content }) => content.text);
    assert.ok(!texts.includes("forged\n"));
  });
});
