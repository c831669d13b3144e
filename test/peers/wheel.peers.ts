import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../helpers/temporary-folder.js";
import { wheelEnvironment } from "./environment.js";

const script = path.resolve("test/fixtures/kernel/wheel_kernel.py");
const builder = fileURLToPath(import.meta.resolve("#dist/packaging/wheel.js"));

describe("the wheel, in an environment of Python without Node", () => {
  let environment = "";
  before(() => {
    const wheel = execFileSync(process.execPath, [builder], { encoding: "utf8" }).trim();
    environment = wheelEnvironment(path.resolve(wheel));
  });
  const inEnvironment = (command: string, args: string[], home: string) => {
    mkdirSync(home, { recursive: true });
    const options = { encoding: "utf8", env: { PATH: path.join(environment, "bin"), HOME: home } } as const;
    return spawnSync(path.join(environment, "bin", command), args, options);
  };

  for (const name of ["tslab", "jslab"]) {
    for (const end of ["shut down", "killed"]) {
      it(`${name} runs cells by its own Node, is interrupted, and ends when its client is ${end}`, async (t) => {
        const { stdout, stderr } = inEnvironment("python", [script, name, end], temporaryFolder(t));
        assert.notEqual(stdout, "", stderr);
        const answers = JSON.parse(stdout);
        assert.deepEqual(answers.sum, ["ok", "42"]);
        assert.ok(answers.node.startsWith(environment), answers.node);
        assert.equal(answers.interrupted, "error");
        assert.deepEqual(answers.after, ["ok", "41"]);
        while (existsSync(`/proc/${answers.pid}`)) {
          await delay(50);
        }
      });
    }
  }

  it("brings JupyterLab's side along", (t) => {
    const { stdout, stderr } = inEnvironment("jupyter", ["labextension", "list"], temporaryFolder(t));
    assert.match(stdout + stderr, /poolbook-lab v\S+ .*enabled.*OK/);
  });
});
