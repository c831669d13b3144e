import assert from "node:assert/strict";
import { test } from "node:test";
import { compareNotebooks } from "#dist/document/comparison/compare-notebooks.js";
import { normaliserNames } from "#dist/document/comparison/normalisers/normalisers.js";
import type { CheckSettings } from "#dist/document/comparison/rules/check-rules.js";
import { notebookOf, stdout } from "../../../helpers/notebook-value.js";

function isEqual(stored: string, fresh: string, settings: CheckSettings = {}): boolean {
  const layers = [{ source: "test", settings }];
  return (
    compareNotebooks(notebookOf([[stdout(stored)]]), notebookOf([[stdout(fresh)]]), { layers }).length === 0
  );
}

const equal: Record<(typeof normaliserNames)[number], [stored: string, fresh: string][]> = {
  ansi: [["\u001b[31mred\u001b[39m", "red"]],
  dates: [
    ["on 2026-11-22", "on 2027-01-02"],
    ["at 2026-11-22T10:31:38.123Z.", "at 2026-11-23T01:01:01.000Z."],
    [
      "Sun Nov 22 2026 10:31:38 GMT+0000 (Coordinated Universal Time)",
      "Mon Nov 23 2026 11:00:00 GMT+0100 (Central European Standard Time)",
    ],
    ["Sun, 22 Nov 2026 10:31:38 GMT", "Tue, 01 Dec 2026 00:00:00 GMT"],
    ["11/22/2026, 10:31:38 AM", "1/2/2027, 1:01:01 PM"],
    ["Sun Nov 22 10:31:38 2026", "Tue Dec  1 00:00:00 2026"],
    ["Sun Nov 22 10:31:38 UTC 2026", "Tue Dec  1 00:00:00 CEST 2026"],
    ["Sun 22 Nov 2026 10:31", "Tue 01 Dec 2026 00:00"],
    ["2026-11-22T10:31", "2026-12-01T00:00"],
    ["11/22/2026, 10:31 AM", "1/2/2027, 1:01 PM"],
    ["[22/Nov/2026:10:31:38 +0000]", "[01/Dec/2026:00:00:00 +0200]"],
    ["22-Nov-2026", "01-Dec-2026"],
    ["20261122T103138Z", "20261201T000000Z"],
    ["[10:31:38.5] ready", "[11:00:00.1] ready"],
    ["datetime.datetime(2026, 11, 22, 10, 31, 38, 123)", "datetime.datetime(2027, 1, 2, 3, 4)"],
    [
      "datetime.datetime(2026, 11, 22, 10, 31, tzinfo=datetime.timezone.utc)",
      "datetime.datetime(2027, 1, 2, 3, 4, tzinfo=datetime.timezone.utc)",
    ],
    ["datetime.date(2026, 11, 22)", "datetime.date(2027, 1, 2)"],
    ["time.struct_time(tm_year=2026, tm_mon=1)", "time.struct_time(tm_year=2027, tm_mon=12)"],
    ["started 1795861234.5678", "started 1795869999.1"],
  ],
  tempfiles: [
    ["saved to /tmp/tmpab12cd_3", "saved to /tmp/tmp9_zzzzzz"],
    ["/tmp/run-Xy12Qz.csv", "/var/folders/ab/cdefgh/T/run-aaaaaa.csv"],
    ["C:\\Users\\ann\\AppData\\Local\\Temp\\tmpabcdefgh", "/tmp/tmp12345678"],
    ["made tmpabcdefgh", "made tmp12345678"],
  ],
  progress: [
    ["100%|██████████| 50/50 [00:00<00:00, 97.71it/s]", "100%|██████████| 50/50 [00:01<00:00,  8.3it/s]"],
    ["3it [00:05,  1.70s/it, loss=0.1]", "3it [00:00, 97.70it/s, loss=0.1]"],
    [" 40%|████      | 2/5 [00:00<?, ?it/s]", " 40%|████      | 2/5 [01:02:03<00:01, 1.2kB/s]"],
    ["5/5 ━━━━ 3s 2ms/step - loss: 1", "5/5 ━━━━ 0s 61ms/step - loss: 1"],
    ["read at 12.3 MB/s", "read at 9 MB/s"],
  ],
  styles: [
    [
      "#T_3c1f2_row0_col1 { color: red } <table id=T_3c1f2>",
      "#T_abcde_row0_col1 { color: red } <table id=T_abcde>",
    ],
  ],
  svgids: [
    [
      '<path id="m8a3b2c1d0e"/><use xlink:href="#m8a3b2c1d0e"/>',
      '<path id="m0000000001"/><use xlink:href="#m0000000001"/>',
    ],
    ['<g clip-path="url(#pc12c47889d)">', '<g clip-path="url(#p00aa47889d)">'],
    ['<path id="C0_0_a1b2c3d4e5"/>', '<path id="C0_0_ffb2c3d4e5"/>'],
  ],
  durations: [
    ["datetime.timedelta(seconds=2, microseconds=5)", "datetime.timedelta(seconds=1, microseconds=12345)"],
    ["took 1.02 s", "took 13.4 s"],
    ["in 12 ms", "in 7 ms"],
    ["0.5 seconds, 3µs", "0.7 seconds, 4µs"],
  ],
  paths: [
    ["at /home/ann/course/worker.js:3:1", "at /tmp/x/worker.js:3:1"],
    ["file:///a/b/c.ts", "file:///c.ts"],
    ["C:\\Users\\ann\\c.ts", "/home/ann/c.ts"],
  ],
  uuids: [
    ["id 2a1f4b1e-0000-4000-8000-0123456789ab", "id 00000000-1111-4222-8333-444444444444"],
    ["id 2a1f4b1e000040008000012345678abc", "id 0000000011114222833344444444abcd"],
    ['{"model_id": "2a1f4b1e000050008000012345678abc"}', '{"model_id": "3"}'],
  ],
  addresses: [
    ["<Thing at 0x7f0012345678>", "<Thing at 0x7fffabcdef01>"],
    ["http://127.0.0.1:41231/", "http://127.0.0.1:8888/"],
  ],
  pids: [
    ["Main process is 4711", "Main process is 31"],
    ["Worker 4711 is going to sleep", "Worker 12 is going to sleep"],
    ["{ pid: 4711 }", "{ pid: 1 }"],
    ["workerPid=4711", "workerPid=9"],
    ["pids: [4711, 4712]", "pids: [12, 13]"],
    ["[4711] hello", "[31337] hello"],
    ["worker process 4711: hello", "worker process 12: hello"],
  ],
};

for (const name of normaliserNames) {
  test(`${name} makes equal what changes from run to run, and only when it is on`, () => {
    for (const [stored, fresh] of equal[name]) {
      assert.ok(isEqual(stored, fresh), `${stored} -> ${fresh}`);
      assert.ok(!isEqual(stored, fresh, { normalisers: { [name]: false } }), `${stored} without ${name}`);
    }
  });
}

const different: [stored: string, fresh: string][] = [
  ["Result is 13", "Result is 5"],
  ["sleeps for 5 second(s)", "sleeps for 3 second(s)"],
  ["worker.js:3:1", "worker.js:4:1"],
  ["/home/ann/a.js", "/home/ann/b.js"],
  ["https://example.org/a/b", "https://example.org/c/b"],
  ["process 12% done", "process 13% done"],
  ["Worker 4711 sleeps\nWorker 4711 wakes", "Worker 4711 sleeps\nWorker 4712 wakes"],
  ["Worker 4711 sleeps\nWorker 4712 wakes", "Worker 4711 sleeps\nWorker 4711 wakes"],
  ["pids: [4711, 4711]", "pids: [4711, 4712]"],
  ["<a 0x7f0012345678> <b 0x7f0012345678>", "<a 0x7f0012345678> <b 0x7f0012345679>"],
  ["rapid 30", "rapid 31"],
  ["version 1.2.3", "version 1.2.4"],
  ["5 / 3 / 2", "5 / 3 / 1"],
  ["3 workers", "4 workers"],
  ["[100]", "[101]"],
  ["[100] [200]", "[101] [200]"],
  ["d41d8cd98f00b204e9800998ecf8427e", "e41d8cd98f00b204e9800998ecf8427e"],
  ["100%|██████████| 50/50 [00:00<00:00, 97.71it/s]", "100%|██████████| 51/51 [00:00<00:00, 97.71it/s]"],
  ["50%|█████     | 1/2 [00:00<00:00, 1.00it/s]", "100%|██████████| 2/2 [00:00<00:00, 1.00it/s]"],
  ["3it [00:05, 1.70s/it, loss=0.1]", "3it [00:05, 1.70s/it, loss=0.2]"],
  [
    '<path id="m8a3b2c1d0e"/><use href="#m8a3b2c1d0e"/>',
    '<path id="m8a3b2c1d0e"/><use href="#m8a3b2c1d0f"/>',
  ],
  ["T_3c1f2_row0 T_3c1f2_row1", "T_3c1f2_row0 T_3c1f3_row1"],
  ["/tmp/tmpab12cd_3 /tmp/tmpab12cd_3", "/tmp/tmpab12cd_3 /tmp/tmpab12cd_4"],
  ["/tmp/tmpab12cd_3.csv", "/tmp/tmpab12cd_3.txt"],
  ["model 1234567890.5 units", "model 1234567890.6 units"],
];

for (const [stored, fresh] of different) {
  test(`"${stored.replaceAll("\n", "\\n")}" is not "${fresh.replaceAll("\n", "\\n")}"`, () =>
    assert.ok(!isEqual(stored, fresh)));
}

test("own replacements come first, and can use groups", () => {
  const replace = [{ pattern: "(\\d+) beats", replacement: "<n> beats" }];
  assert.ok(isEqual("counted 11 beats", "counted 14 beats", { replace }));
  assert.ok(!isEqual("counted 11 beats", "counted 14 beats"));
  assert.ok(isEqual("A1", "a2", { replace: [{ pattern: "a\\d", replacement: "x", flags: "i" }] }));
});
