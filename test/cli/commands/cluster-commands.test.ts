import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const broker = "redis://127.0.0.1:1";

test("worker and cluster status say in one line what is wrong with their options", async (context) => {
  const folder = temporaryFolder(context);
  const open = path.join(folder, "open.key");
  const short = path.join(folder, "short.key");
  writeFileSync(open, "k".repeat(32));
  chmodSync(open, 0o644);
  writeFileSync(short, "short", { mode: 0o600 });
  const cases: [args: string[], message: RegExp][] = [
    [["worker", "--connect", broker], /The cluster's key is missing: set POOLBOOK_CLUSTER_KEY/],
    [["worker", "--connect", broker, "--key-file", open], /Others may read the cluster's key.*chmod 600/],
    [["worker", "--connect", broker, "--key-file", short], /key is too short/],
    [["worker", "--connect", "http://x"], /Expected the URL of a broker/],
    [["worker", "--connect", "redis://far.example"], /no password and no TLS.*--insecure/],
    [["cluster", "status", "--connect", "http://x"], /Expected the URL of a broker/],
  ];
  for (const [args, message] of cases) {
    const env = { POOLBOOK_CLUSTER_KEY: "", POOLBOOK_CLUSTER_KEY_FILE: undefined };
    const { code, stderr } = await poolbook(args, env);
    assert.equal(code, 2, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
  }
});
