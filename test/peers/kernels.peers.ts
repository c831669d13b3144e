import assert from "node:assert/strict";
import { before, type TestContext, test } from "node:test";
import { writeNotebook } from "../helpers/notebook.js";
import { poolbook } from "../helpers/poolbook.js";
import { temporaryFolder } from "../helpers/temporary-folder.js";
import { useKernels, whyMissing } from "./environment.js";

before(useKernels);

interface Kernel {
  language: string;
  print: string;
  fail: [code: string, told: RegExp];
  hang: string;
  die: string;
}

const python: Kernel = {
  language: "python",
  print: "print('hello')",
  fail: ["1 / 0", /ZeroDivisionError: division by zero/],
  hang: "import time\ntime.sleep(60)",
  die: "import os\nos._exit(3)",
};

const kernels: Record<string, Kernel> = {
  python3: python,
  xpython: python,
  bash: {
    language: "bash",
    print: "echo hello",
    fail: ["(exit 4)", /Error: exit status 4/],
    hang: "sleep 60",
    die: "kill -9 $PPID",
  },
  deno: {
    language: "typescript",
    print: "console.log('hello')",
    fail: ["throw new RangeError('far')", /RangeError: .*far/],
    hang: "for (;;) {}",
    die: "Deno.exit(3)",
  },
};

/** A test of one kernel, which says by name that the kernel is not to be had. */
function testOf(kernel: string, title: string, body: (t: TestContext) => Promise<void>): void {
  test(`${kernel}: ${title}`, async (t) => {
    const reason = whyMissing(kernel);
    if (reason === undefined) {
      await body(t);
    } else {
      t.skip(reason);
    }
  });
}

for (const [name, { language, print, fail, hang, die }] of Object.entries(kernels)) {
  const metadata = { kernelspec: { name, display_name: name, language } };
  const run = async (t: Parameters<typeof temporaryFolder>[0], code: string, ...args: string[]) =>
    await poolbook(["run", writeNotebook(temporaryFolder(t), "n.ipynb", [print, code], metadata), ...args]);

  testOf(name, `a run, an update and a check go well`, async (t) => {
    const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [print], metadata);
    const shown = await poolbook(["run", notebook, "--log-output"]);
    assert.equal(shown.code, 0, shown.stdout + shown.stderr);
    assert.match(shown.stdout, /^ +hello$/m);
    assert.equal((await poolbook(["check", notebook, "--update"])).code, 0);
    const checked = await poolbook(["check", notebook]);
    assert.equal(checked.code, 0);
    assert.match(checked.stdout, /✓ .*n\.ipynb/);
  });

  testOf(name, `a failure is told in the kernel's words`, async (t) => {
    const { code, stdout } = await run(t, fail[0]);
    assert.equal(code, 1);
    assert.match(stdout, fail[1]);
  });

  testOf(name, `a cell that takes too long ends`, async (t) => {
    const { code, stdout } = await run(t, hang, "--cell-timeout", "2");
    assert.equal(code, 1);
    assert.match(stdout, /CellTimeoutError: the cell took longer than 2\.0 s/);
  });

  testOf(
    name,
    `the kernel's death ends the run, and what it said when it started is no reason`,
    async (t) => {
      const { code, stdout } = await run(t, die);
      assert.equal(code, 1);
      assert.match(
        stdout,
        /cell 2 \(cell-2\): (the kernel (exited with code \d+|was killed by SIG\w+)\n|\w)/,
      );
      assert.doesNotMatch(stdout, /unencrypted|frozen modules|unstable/i);
    },
  );
}

const noisy: Record<string, string> = {
  "an Output widget":
    "import ipywidgets\no = ipywidgets.Output()\nwith o:\n    raise ValueError('captured')\no",
  "a slider": "import ipywidgets\nipywidgets.IntSlider(value=3)",
  tqdm: "from tqdm import tqdm\nimport time\nfor i in tqdm(range(20)):\n    time.sleep(0.01)",
  "a styled table": "import pandas\npandas.DataFrame({'a': [1, 2]}).style.highlight_max()",
  "an SVG picture":
    "%config InlineBackend.figure_formats=['svg']\nimport matplotlib.pyplot as plt\nplt.plot([1, 2], marker='o');",
  "dates and names":
    "import datetime, tempfile, uuid, time\nprint([datetime.datetime.now()], tempfile.mkdtemp(), uuid.uuid4().hex, time.time())",
};

for (const [name, code] of Object.entries(noisy)) {
  test(`${name}: after an update a check is equal`, async (t) => {
    const metadata = { kernelspec: { name: "python3", display_name: "Python", language: "python" } };
    const notebook = writeNotebook(temporaryFolder(t), "n.ipynb", [code], metadata);
    assert.equal((await poolbook(["check", notebook, "--update"])).code, 0);
    const { code: exit, stdout } = await poolbook(["check", notebook]);
    assert.equal(exit, 0, stdout);
    assert.match(stdout, /✓ .*n\.ipynb/);
  });
}
