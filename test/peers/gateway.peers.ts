import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { freePorts } from "#dist/jupyter/free-ports.js";
import { kernelspec } from "#dist/kernel/kernelspec.js";
import { kernels, writeNotebook } from "../helpers/notebook.js";
import { poolbook } from "../helpers/poolbook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";
import { gatewayEnvironment } from "./environment.js";

const localProxy = "enterprise_gateway.services.processproxies.processproxy.LocalProcessProxy";

let gateway: ChildProcess | undefined;
let url = "";
const env = { KERNEL_USERNAME: "alice", GATEWAY_TOKEN: "a-token" };

before(async () => {
  const environment = gatewayEnvironment();
  const data = path.resolve(".build", "peers", "gateway-kernels");
  const spec = { ...kernelspec(), metadata: { process_proxy: { class_name: localProxy } } };
  mkdirSync(path.join(data, "kernels", "tslab"), { recursive: true });
  writeFileSync(path.join(data, "kernels", "tslab", "kernel.json"), JSON.stringify(spec));
  const [port] = await freePorts();
  url = `http://127.0.0.1:${port}`;
  const options = { ip: "127.0.0.1", port, auth_token: env.GATEWAY_TOKEN };
  const started = spawn(
    path.join(environment, "bin", "jupyter"),
    [
      "enterprisegateway",
      ...Object.entries(options).map(([name, value]) => `--EnterpriseGatewayApp.${name}=${value}`),
    ],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, JUPYTER_PATH: data } },
  );
  gateway = started;
  await new Promise<void>((resolve, reject) => {
    started.once("exit", () => reject(new Error("the gateway did not start")));
    started.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (/at http:/.test(text)) {
        resolve();
      }
    });
  });
});

after(() => gateway?.kill());

const run = async (args: string[], more: NodeJS.ProcessEnv = {}) =>
  await poolbook(["run", ...args, "--server-url", url, "--token-env", "GATEWAY_TOKEN"], { ...env, ...more });

const lines = {
  python3: "for i in range(20000):\n    print(i)",
  tslab: "for (let i = 0; i < 20000; i++) console.log(i);",
};
const failures = {
  python3: { fail: "1 / 0", die: "import os\nos._exit(3)", hang: "import time\ntime.sleep(60)" },
  tslab: {
    fail: "throw new RangeError('far')",
    die: "process.kill(process.pid, 'SIGKILL')",
    hang: "for (;;);",
  },
};

for (const name of ["python3", "tslab"] as const) {
  const metadata = { kernelspec: kernels[name] };

  test(`a gateway's ${name}: parameters and 20,000 lines`, async (t) => {
    const folder = temporaryFolder(t);
    const declared = { source: name === "tslab" ? "const x: number = 1;" : "x = 1", tags: ["parameters"] };
    const print = name === "tslab" ? "console.log(x + 1)" : "print(x + 1)";
    const notebook = writeNotebook(folder, "n.ipynb", [declared, print, lines[name]], metadata);
    const out = path.join(folder, "out.ipynb");
    const { code, stdout, stderr } = await run([notebook, "-p", "x", "41", "-o", out]);
    assert.equal(code, 0, stdout + stderr);
    const cells = JSON.parse(readFileSync(out, "utf8")).cells;
    assert.deepEqual(cells[2].outputs[0].text, ["42\n"]);
    assert.equal(cells[3].outputs.flatMap(({ text }: { text: string[] }) => text).length, 20_000);
  });

  for (const [what, told] of Object.entries({
    fail: /Error/,
    die: /the kernel died on the server/,
    hang: /CellTimeoutError/,
  })) {
    test(`a gateway's ${name}: ${what} is told`, async (t) => {
      const source = failures[name][what as "fail"];
      const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [source], metadata);
      const { code, stdout } = await run([notebook, "--cell-timeout", what === "hang" ? "5" : "40"]);
      assert.equal(code, 1);
      assert.match(stdout, told);
    });
  }
}

test("a gateway runs twelve notebooks, four at a time", async (t) => {
  const folder = temporaryFolder(t);
  for (let number = 0; number < 12; number++) {
    writeNotebook(folder, `n${number}.ipynb`, [`print(${number})`], { kernelspec: kernels.python3 });
  }
  const { code, stdout } = await run([folder, "-j", "4"]);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /12 notebooks: 12 passed/);
});

test("a gateway's own words say why it refuses", async (t) => {
  const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", ["1"], { kernelspec: kernels.python3 });
  const asRoot = await run([notebook], { KERNEL_USERNAME: "root" });
  assert.equal(asRoot.code, 2);
  assert.match(asRoot.stderr, /refused with status 403: User 'root' is not authorized to start kernel/);
  const wrong = await run([notebook], { GATEWAY_TOKEN: "wrong" });
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /refused with status 401: Unauthorized \(is the token right/);
});
