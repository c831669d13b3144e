import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";
import { ProcessMark } from "../helpers/marked-processes.js";
import { namespaceProblem, type System, systems } from "../helpers/systems.js";

const problem = namespaceProblem();
const { "Linux without setpriv": _, "Linux without /dev/shm": __, ...others } = systems;

/** Starts a kernel that leads its group, as Jupyter and poolbook start it. */
function start({ wrap, env }: System, mark: ProcessMark, isLeader = true): Promise<KernelClient> {
  return KernelClient.start({
    withArgv: (argv) => (isLeader ? ["setsid", ...wrap(argv)] : wrap(argv)),
    env: { ...env, ...mark.env },
  });
}

async function begin(kernel: KernelClient, code: string): Promise<string> {
  const id = kernel.submit(code);
  await kernel.waitFor(
    ({ parent_header, content }) => parent_header.msg_id === id && content.text?.includes("started"),
  );
  return id;
}

for (const [name, system] of Object.entries<System>(others)) {
  describe(`a kernel on ${name}`, () => {
    // Before a process with numbers of its own stands another one, which does not pass on SIGTERM.
    const ways = system === systems["Linux with a /proc of other processes"] ? [] : ["SIGTERM"];
    for (const way of ["shutdown_request", ...ways]) {
      test(`ends by ${way} while a cell is busy, with the children of cells`, async (t) => {
        if (system.needsNamespace && problem) {
          t.diagnostic(problem);
          return;
        }
        const mark = new ProcessMark();
        const kernel = await start(system, mark);
        try {
          await begin(
            kernel,
            `import { spawn } from "node:child_process";
            for (let count = 0; count < 3; count++) spawn("sleep", ["1000"]);
            spawn("true").once("exit", () => console.log("ended"));
            console.log("started"); while (true) {}`,
          );
          if (way === "SIGTERM") {
            kernel.process.kill("SIGTERM");
          } else {
            kernel.send("shutdown_request", { restart: false }, "control");
          }
          await kernel.exited();
          assert.deepEqual(await mark.livingAfter(5), []);
        } finally {
          await kernel.stop();
        }
      });
    }

    test("ends by an interrupt what waits for a child process, and lives", async (t) => {
      if (system.needsNamespace && problem) {
        t.diagnostic(problem);
        return;
      }
      const mark = new ProcessMark();
      const kernel = await start(system, mark);
      try {
        const id = await begin(
          kernel,
          `import { execSync } from "node:child_process"; console.log("started"); execSync("sleep 100; true");`,
        );
        const exchange = kernel.exchange(id);
        await kernel.request("interrupt_request", {}, "control");
        assert.equal((await exchange).reply.content.status, "error");
        assert.equal((await kernel.execute("'alive'")).result, "'alive'");
      } finally {
        await kernel.stop();
      }
      assert.deepEqual(await mark.livingAfter(5), []);
    });
  });
}

test("a kernel that cannot know for which child a cell waits says so in one line", async (t) => {
  if (problem) {
    t.diagnostic(problem);
    return;
  }
  const mark = new ProcessMark();
  const kernel = await start(systems["Linux without /proc"], mark, false);
  try {
    const id = await begin(
      kernel,
      `import { execSync } from "node:child_process"; console.log("started"); execSync("sleep 3");`,
    );
    const exchange = kernel.exchange(id);
    await kernel.request("interrupt_request", {}, "control");
    assert.equal((await exchange).reply.content.status, "error");
    assert.match(kernel.log, /^poolbook kernel: The system does not tell which child process .*\n$/);
  } finally {
    await kernel.stop();
  }
});
