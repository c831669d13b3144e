import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { type TaskRecord, type Timeline, timeline, withPool } from "poolbook";
import { cellRun } from "../helpers/cell-run.js";
import { fiveOnThree, onMachines, taskRecord } from "../helpers/task-records.js";

describe("timeline() as text", () => {
  test("has a row for each task and a line for each worker", () => {
    assert.deepEqual(timeline(fiveOnThree).table.split("\n"), [
      "task  function        worker  waited  started  ended  outcome",
      "   0  slowSum              1   0.1 s    0.1 s  3.1 s  succeeded",
      "   1  slowDiff             2   0.1 s    0.1 s  2.1 s  succeeded",
      "   2  slowSum              3   0.1 s    0.1 s  1.1 s  succeeded",
      "   3  slowDiff             3   1.1 s    1.1 s  6.1 s  succeeded",
      "   4  brokenFunction       2   2.1 s    2.1 s  6.1 s  failed",
      "",
      "worker 1: task 0",
      "worker 2: tasks 1, 4",
      "worker 3: tasks 2, 3",
    ]);
  });

  test("is what a console shows", () => {
    const shown = timeline(fiveOnThree);
    assert.equal(inspect(shown), shown.table);
    assert.equal(String(shown), shown.table);
  });

  test("shows workers that ran nothing, if the size of the pool is given", () => {
    const lines = timeline(fiveOnThree, { workers: 5 }).table.split("\n");
    assert.deepEqual(lines.slice(-2), ["worker 4: nothing", "worker 5: nothing"]);
  });

  test("tells what is queued, running and cancelled", () => {
    const now = Date.now() / 1000 - 1_700_000_000;
    const rows = timeline([
      taskRecord(1, "work", [1, now - 3, now - 2, undefined], "running"),
      taskRecord(2, "work", [undefined, now - 3, undefined, undefined], "queued"),
      taskRecord(3, "work", [undefined, now - 3, undefined, now - 1], "cancelled"),
    ]).table.split("\n");
    assert.match(rows[1] ?? "", /0 +work +1 +1\.0 s +1\.0 s +- +running/);
    assert.match(rows[2] ?? "", /1 +work +- +[\d.]+ s +- +- +queued/);
    assert.match(rows[3] ?? "", /2 +work +- +2\.0 s +- +2\.0 s +cancelled/);
  });

  test("reads the records of a pool", async () => {
    const tasks = await withPool(2, async (pool) => {
      await pool.map((x: number) => x, [1, 2], { chunksize: 1 });
      return pool.tasks;
    });
    assert.equal(
      timeline(tasks)
        .table.split("\n")
        .filter((row) => row.endsWith("succeeded")).length,
      2,
    );
  });

  test("names the machines where there are several, and numbers their workers one machine after the other", () => {
    const shown = timeline(onMachines(fiveOnThree, { 1: "web1", 2: "web2", 3: "web1" }), { workers: 4 });
    assert.deepEqual(shown.table.split("\n"), [
      "task  function        worker  machine  waited  started  ended  outcome",
      "   0  slowSum              1  web1      0.1 s    0.1 s  3.1 s  succeeded",
      "   1  slowDiff             3  web2      0.1 s    0.1 s  2.1 s  succeeded",
      "   2  slowSum              2  web1      0.1 s    0.1 s  1.1 s  succeeded",
      "   3  slowDiff             2  web1      1.1 s    1.1 s  6.1 s  succeeded",
      "   4  brokenFunction       3  web2      2.1 s    2.1 s  6.1 s  failed",
      "",
      "worker 1 on web1: task 0",
      "worker 2 on web1: tasks 2, 3",
      "worker 3 on web2: tasks 1, 4",
      "worker 4: nothing",
    ]);
  });

  test("shows a worker that was replaced on another machine as two", () => {
    const [first, second] = [
      taskRecord(1, "work", [1, 0, 0, 1], "lost"),
      taskRecord(2, "work", [1, 0, 2, 3]),
    ];
    const lines = timeline([...onMachines([first], { 1: "web1" }), ...onMachines([second], { 1: "web2" })]);
    assert.deepEqual(lines.table.split("\n").slice(-2), [
      "worker 1 on web1: task 0",
      "worker 2 on web2: task 1",
    ]);
  });

  test("is the same for one other machine as for this one", () => {
    const elsewhere = timeline(onMachines(fiveOnThree, { 1: "web1", 2: "web1", 3: "web1" }));
    assert.equal(elsewhere.table, timeline(fiveOnThree).table);
  });

  test("refuses what is no list of records", () => {
    for (const wrong of [undefined, {}, [1], [{}]]) {
      assert.throws(() => timeline(wrong as never), { name: "TypeError", message: /task records/ });
    }
  });
});

describe("timeline() as a picture", () => {
  test("is offered to a notebook together with the table", async () => {
    const shown = timeline(fiveOnThree) as unknown as Record<symbol, () => Promise<Record<string, string>>>;
    const bundle = await shown[Symbol.for("Jupyter.display")]?.();
    assert.deepEqual(Object.keys(bundle ?? {}), ["image/svg+xml", "text/plain"]);
    assert.equal(bundle?.["text/plain"], timeline(fiveOnThree).table);
  });

  test("says in words what it shows", async () => {
    const svg = await timeline(fiveOnThree).svg();
    assert.match(svg, /<svg [^>]*role="img"/);
    assert.match(svg, /<title>5 tasks on 3 workers in 6\.1 s<\/title>/);
    const [, description = ""] = /<desc>([^<]*)<\/desc>/.exec(svg) ?? [];
    assert.match(
      description,
      /Worker 2 ran task 1 slowDiff from 0\.1 s to 2\.1 s, then task 4 brokenFunction/,
    );
    assert.match(description, /\(failed\)/);
    assert.match(description, /In the queue waited task 3 for 1\.1 s, task 4 for 2\.1 s\./);
  });

  test("has the lanes of each machine under its name", async () => {
    const records = onMachines(fiveOnThree, { 1: "web1", 2: "web2", 3: "web1" });
    const shown = timeline(records, { workers: 4 });
    const svg = await shown.svg();
    assert.match(svg, /<title>5 tasks on 4 workers of 2 machines in 6\.1 s<\/title>/);
    assert.match(svg, /<desc>Worker 1 on web1 ran task 0 [^<]* Worker 3 on web2 ran task 1 /);
    const labels = [
      ...svg.matchAll(/translate\(-?[\d.]+, ?([\d.]+)\)"[^>]*>(worker \d|web\d|on none yet)</g),
    ];
    labels.sort(([, a = ""], [, b = ""]) => Number(a) - Number(b));
    assert.deepEqual(
      labels.map(([, , label]) => label),
      ["web1", "worker 1", "worker 2", "web2", "worker 3", "on none yet", "worker 4"],
    );
    assert.match(await pictureIn(shown), /aria-label="task 1 slowDiff: worker 3 on web2, waited/);
  });

  test("names one machine that is not this one in its title", async () => {
    const svg = await timeline(onMachines(fiveOnThree, { 1: "web1", 2: "web1", 3: "web1" })).svg();
    assert.match(svg, /<title>5 tasks on 3 workers of web1 in 6\.1 s<\/title>/);
    assert.equal(svg.replaceAll(" of web1 in", " in"), await timeline(fiveOnThree).svg());
  });

  test("tells failed, running and waiting tasks apart without colour", async () => {
    const bars = (svg: string) => svg.slice(0, svg.indexOf("✗ failed<"));
    const failed = bars(await timeline(fiveOnThree).svg());
    assert.match(failed, /fill="url\(#poolbook-failed\)"/);
    assert.match(failed, />✗ 4 brokenFunction</);
    assert.match(failed, /waiting in the queue/);
    const running = taskRecord(1, "work", [1, 0, 0.1, undefined], "running");
    assert.match(bars(await timeline([running]).svg()), /stroke-dasharray="4 3"/);
  });

  test("leaves names out that do not fit, and escapes what they contain", async () => {
    const svg = await timeline([taskRecord(1, "<b>&", [1, 0, 0, 1])]).svg();
    assert.ok(!svg.includes("<b>"));
    assert.match(svg, /0 &lt;b&gt;&amp;/);
  });

  for (const count of [0, 1, 200, 2000]) {
    test(`draws ${count} tasks`, async () => {
      const records: TaskRecord[] = Array.from({ length: count }, (_, i) =>
        taskRecord(i + 1, "work", [(i % 4) + 1, 0, Math.floor(i / 4), Math.floor(i / 4) + 1]),
      );
      const svg = await timeline(records).svg();
      const [, height = ""] = /height="(\d+(?:\.\d+)?)"/.exec(svg) ?? [];
      assert.ok(Number(height) < 700, `height is ${height}`);
      assert.ok(!svg.includes("NaN"));
      assert.equal(svg.split("<svg").length, svg.split("</svg>").length);
    });
  }

  test("loads its libraries when it is drawn, not when poolbook is imported", () => {
    assert.doesNotMatch(modulesOf('import "poolbook";'), /plot|linkedom|services/);
    const drawing = 'import { timeline } from "poolbook"; await timeline([]).svg();';
    assert.match(modulesOf(drawing), /dist\/course\/timeline\/plot\.js/);
  });
});

/** The picture that takes the place of its image where the notebook is trusted. */
async function pictureIn(shown: Timeline): Promise<string> {
  const [, source = ""] = /src="data:image\/svg\+xml,([^"]+)"/.exec(await shown.html()) ?? [];
  return decodeURIComponent(source);
}

describe("timeline() as HTML", () => {
  test("names the facts of every task for a pointer, the keyboard and a screen reader", async () => {
    const labels = [
      ...(await pictureIn(timeline(fiveOnThree))).matchAll(/tabindex="0" role="img" aria-label="([^"]+)"/g),
    ].map(([, label]) => label);
    for (const label of [
      "task 0 slowSum: worker 1, waited 0.1 s, ran from 0.1 s to 3.1 s, succeeded",
      "task 4 brokenFunction: worker 2, waited 2.1 s, ran from 2.1 s to 6.1 s, failed",
    ]) {
      assert.ok(labels.includes(label), labels.join("\n"));
    }
  });

  test("is an image with a description where a notebook is not trusted, and has no other text but the table", async () => {
    const html = await timeline(fiveOnThree).html();
    assert.match(html, /<img alt="Worker 1 ran task 0 slowSum[^"]+" src="data:image/);
    const text = html.replace(/<style>.*?<\/style>/, "").replace(/<[^>]*>/g, "");
    assert.equal(text, `The same as a table${timeline(fiveOnThree).table}`);
  });

  test("has the table beside the picture", async () => {
    const html = await timeline(fiveOnThree).html();
    assert.ok(html.includes(`<pre>${timeline(fiveOnThree).table}</pre>`));
  });

  test("has other colours for dark themes", async () => {
    assert.match(await timeline(fiveOnThree).html(), /\[data-jp-theme-light="false"\] \.poolbook-timeline/);
  });

  test("is offered to a notebook when a person looks at it", async () => {
    const bundle = () =>
      (timeline(fiveOnThree) as unknown as Record<symbol, () => Promise<Record<string, string>>>)[
        Symbol.for("Jupyter.display")
      ]?.();
    await cellRun("a", "", async () => assert.ok(!("text/html" in ((await bundle()) ?? {}))));
    await cellRun("a", "", async () => assert.ok("text/html" in ((await bundle()) ?? {})), "ok", true);
  });

  test("escapes the names of functions", async () => {
    const shown = timeline([taskRecord(1, '<b>"', [1, 0, 0, 1])]);
    assert.ok(!(await shown.html()).includes("<b>"));
    assert.ok(!(await pictureIn(shown)).includes("<b>"));
  });
});

/** The URLs of all modules that a program imports. */
function modulesOf(program: string): string {
  const hooks = `import { writeSync } from "node:fs";
    export async function resolve(specifier, context, next) {
      const resolved = await next(specifier, context);
      writeSync(2, resolved.url + "\\n");
      return resolved;
    }`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(dataUrl(hooks))});`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", dataUrl(register), "--input-type=module", "--eval", program],
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  assert.match(stderr, /dist\/index\.js/);
  return stderr;
}

function dataUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
