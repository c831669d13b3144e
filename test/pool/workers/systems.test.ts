import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import { ProcessMark } from "../../helpers/marked-processes.js";
import { fixtures } from "../../helpers/script.js";
import { namespaceProblem, type System, systems } from "../../helpers/systems.js";

const problem = namespaceProblem();
const round = "[[3,6,9],1048576,8,true,[-1,-2]]\n";

async function run({ wrap, env }: System, args: string[] = []) {
  const mark = new ProcessMark();
  const [command = "", ...rest] = wrap([process.execPath, `${fixtures}pool/everything.mjs`, ...args]);
  const child = spawn(command, rest, { env: { ...process.env, ...env, ...mark.env } });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, exitCode: child.exitCode, left: await mark.livingAfter(5) };
}

function filesLeft(): string[] {
  return ["/dev/shm", tmpdir()].flatMap((folder) =>
    readdirSync(folder).filter((name) => /^poolbook-\d+-\d+-\d+$/.test(name)),
  );
}

describe("a pool does all it does, and leaves nothing behind", () => {
  for (const [name, system] of Object.entries<System>(systems)) {
    test(`on ${name}`, async (t) => {
      if (problem && system.needsNamespace) {
        t.diagnostic(problem);
        return;
      }
      const before = filesLeft();
      assert.deepEqual(await run(system), {
        stdout: round + round,
        stderr: "",
        exitCode: 0,
        left: [],
      });
      assert.deepEqual(filesLeft(), before);
    });
  }

  test("when PATH is emptied after the first pool", async () => {
    const { stdout, stderr } = await run({ wrap: (argv) => argv, env: {} }, ["empty-path"]);
    assert.deepEqual([stdout, stderr], [round + round, ""]);
  });
});

test("a pool that can create no file anywhere says which variable to set", async (t) => {
  if (problem) {
    t.diagnostic(problem);
    return;
  }
  const { stderr, exitCode, left } = await run({
    ...systems["Linux without /dev/shm"],
    env: { TMPDIR: "/none" },
  });
  assert.match(
    stderr,
    /Cannot create the file that a worker shares with the pool \(ENOENT.*\); set TMPDIR to a folder/,
  );
  assert.deepEqual([exitCode, left], [1, []]);
});
