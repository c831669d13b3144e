import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { KernelClient, outputsOf } from "../helpers/kernel-client.js";

describe("the streams of the process", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start();
    await kernel.execute(`
      import { execFileSync, execSync, spawn, spawnSync } from "node:child_process";
      import { once } from "node:events";
      import fs, { writeFileSync, writeSync } from "node:fs";
      import { createInterface } from "node:readline/promises";
      import { Readable } from "node:stream";
      import { finished, pipeline } from "node:stream/promises";
      import { promisify } from "node:util";
      import { Worker } from "node:worker_threads";`);
  });
  after(() => kernel.stop());

  const outputs = async (code: string) => {
    const { stdout, stderr, result, reply } = await kernel.execute(code);
    assert.equal(reply.content.status, "ok", reply.content.evalue);
    return { stdout, stderr, result };
  };

  test("pipelines into stdout and stderr end, once and again, and printing goes on", async () => {
    const { stdout, stderr, result } = await outputs(`
      for (const text of ["a", "b"]) await pipeline(Readable.from([text]), process.stdout);
      await pipeline(Readable.from(["e"]), async function* (source) { yield* source; yield "f"; }, process.stderr);
      const ended = finished(process.stdout);
      process.stdout.end("c");
      await ended;
      console.log("d");
      "done"`);
    assert.deepEqual([stdout, stderr, result], ["abcd\n", "ef", "'done'"]);
    assert.equal((await outputs("await pipeline(Readable.from(['g']), process.stdout)")).stdout, "g");
    const twice = await outputs(
      "process.stdout.end('h'); await finished(process.stdout); console.log('i'); 'over'",
    );
    assert.deepEqual([twice.stdout, twice.result], ["hi\n", "'over'"]);
    assert.equal((await outputs("process.stdout.writable")).result, "true");
  });

  test("what is written to descriptors 1 and 2 is output, in its place", async () => {
    const { stdout, stderr, result } = await outputs(`
      console.log("1");
      const counts = [writeSync(1, "2€\\n"), writeSync(1, Buffer.from("xx3\\n"), 2, 2), writeSync(1, "NAo=", null, "base64")];
      console.log("5");
      counts.push((await promisify(fs.write)(1, Buffer.from("6\\n"))).bytesWritten);
      counts.push(fs.writevSync(1, [Buffer.from("7"), Buffer.from("\\n")]));
      writeFileSync(1, "8\\n"); fs.appendFileSync("/dev/stdout", "9\\n"); writeSync(2, "error\\n");
      await once(fs.createWriteStream("", { fd: 1 }).end("10\\n"), "close");
      writeSync(1, "11\\n");
      counts`);
    assert.equal(stdout, "1\n2€\n3\n4\n5\n6\n7\n8\n9\n10\n11\n");
    assert.equal(stderr, "error\n");
    assert.equal(result, "[ 5, 2, 2, 2, 2 ]");
    const devices = await outputs(`
      await fs.promises.writeFile("/dev/stdout", "1\\n");
      await once(fs.createWriteStream("/dev/stdout").end("2\\n"), "close");
      const opened = fs.openSync("/dev/stderr", "w"); writeSync(opened, "3"); fs.closeSync(opened);
      await promisify(fs.open)("/dev/stdout", "w")`);
    assert.deepEqual([devices.stdout, devices.stderr, devices.result], ["1\n2\n", "3", "1"]);
    assert.equal((await kernel.execute("writeSync(1, 5 as any)")).reply.content.ename, "TypeError");
    const file = await outputs(
      `writeFileSync("file", "in a file"); const fd = fs.openSync("file", "a"); writeSync(fd, "!"); fs.closeSync(fd); fs.readFileSync("file", "utf8")`,
    );
    assert.deepEqual([file.result, file.stdout], ["'in a file!'", ""]);
  });

  test("what child processes write to inherited descriptors is output, in its place", async () => {
    const { stdout, stderr, result } = await outputs(`
      console.log("a");
      execSync("echo b; echo error >&2", { stdio: "inherit" });
      console.log("c");
      execFileSync("echo", ["d"], { stdio: ["ignore", 1, "pipe"] });
      console.log("e");
      const child = spawn("sh", ["-c", "echo f; echo g >&2"], { stdio: ["ignore", process.stdout, "inherit"] });
      await once(child, "exit");
      console.log("h");
      [child.stdout, spawnSync("echo", ["i"], { stdio: "inherit" }).stdout, String(execSync("echo captured"))]`);
    assert.deepEqual([stdout, stderr], ["a\nb\nc\nd\ne\nf\nh\ni\n", "error\ng\n"]);
    assert.equal(result, "[ null, null, 'captured\\n' ]");
    const { reply } = await kernel.execute("execSync('exit 3', { stdio: 'inherit' })");
    assert.match(reply.content.evalue, /Command failed: exit 3/);
  });

  test("a flood of a child process arrives whole, also while this thread waits for it", async () => {
    const { stdout } = await outputs(`execSync("yes | head -c 1000000", { stdio: "inherit" }); 0`);
    assert.equal(stdout, "y\n".repeat(500_000));
  });

  test("what a child process writes late belongs to the cell that started it", async () => {
    const cause = await kernel.execute(`
      const late = spawn("sh", ["-c", "read line; echo late"], { stdio: ["pipe", "inherit", "inherit"] }); 0`);
    const { reply } = await kernel.execute(`late.stdin!.end("go\\n"); await once(late, "exit")`);
    assert.equal(reply.content.status, "ok");
    await kernel.waitFor(
      ({ parent_header, content }) =>
        parent_header.msg_id === cause.reply.parent_header.msg_id && content.text === "late\n",
    );
  });

  test("what threads write to the descriptors is output", async () => {
    const { stdout, stderr, result } = await outputs(`
      const code = "const fs = require('fs'); fs.writeSync(1, 'thread\\\\n'); fs.writeSync(2, 'error\\\\n');";
      const thread = new Worker(code, { eval: true });
      await once(thread, "exit");
      [thread instanceof Worker, Worker.name]`);
    assert.deepEqual([stdout, stderr, result], ["thread\n", "error\n", "[ true, 'Worker' ]"]);
  });

  /** Runs a cell and answers each question it asks. */
  async function converse(code: string, answers: string[]) {
    const id = kernel.submit(code, { allow_stdin: true });
    const exchange = kernel.exchange(id);
    for (const value of answers) {
      await kernel.waitFor(({ parent_header }) => parent_header.msg_id === id, "stdin");
      kernel.send("input_reply", { value, status: "ok" }, "stdin");
    }
    const { iopub, reply } = await exchange;
    assert.equal(reply.content.status, "ok", reply.content.evalue);
    return outputsOf(iopub);
  }

  test("reading process.stdin asks the front end, by whichever way", async () => {
    const questions = await converse(
      `const ask = createInterface({ input: process.stdin, output: process.stdout });
       const asked = [await ask.question("name? "), await ask.question("again? ")]; ask.close(); asked`,
      ["Ada", "Grace"],
    );
    assert.deepEqual([questions.stdout, questions.result], ["name? again? ", "[ 'Ada', 'Grace' ]"]);
    for (const code of [
      "let line1 = ''; for await (const line of createInterface({ input: process.stdin })) { line1 = line; break; } line1",
      "let chunk1 = ''; for await (const chunk of process.stdin) { chunk1 = String(chunk).trim(); break; } chunk1",
      "const [data1] = await once(process.stdin, 'data'); String(data1).trim()",
      "fs.readFileSync(0, 'utf8').trim()",
      "fs.readFileSync('/dev/stdin').toString().trim()",
      "const space = Buffer.alloc(10); space.toString('utf8', 0, fs.readSync(0, space) - 1)",
    ]) {
      assert.equal((await converse(code, ["line"])).result, "'line'", code);
    }
  });

  test("reading process.stdin fails where the front end may not be asked", async () => {
    for (const code of [
      "await createInterface({ input: process.stdin, output: process.stdout }).question('name? ')",
      "for await (const line of createInterface({ input: process.stdin })) console.log(line);",
      "for await (const chunk of process.stdin) console.log(chunk);",
      "await once(process.stdin, 'data')",
      "fs.readFileSync(0)",
      "fs.readSync(0, Buffer.alloc(1))",
    ]) {
      const { reply } = await kernel.execute(code);
      assert.match(reply.content.evalue, /the front end does not take questions/, code);
    }
  });
});
