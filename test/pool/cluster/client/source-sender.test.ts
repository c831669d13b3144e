import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { OwnFiles } from "#dist/pool/cluster/agent/sources/own-files.js";
import { SourceCache } from "#dist/pool/cluster/agent/sources/source-cache.js";
import { SourceSender } from "#dist/pool/cluster/client/sources/source-sender.js";
import type { ToAgent } from "#dist/pool/cluster/protocol/messages.js";
import { encode } from "#dist/pool/wire/structured-clone.cjs";
import { fixtures } from "../../../helpers/script.js";
import { temporaryFolder } from "../../../helpers/temporary-folder.js";

const module = `${fixtures}pool/output.mjs`;

/** Of a function that is the module's. */
const definition = {
  id: 1,
  name: "printing",
  folder: fixtures,
  family: "definition",
  parts: encode([{ kind: "module", module, path: [] }]),
  companions: [],
  needs: [],
};

function sourcesOf([message]: ToAgent[]): Extract<ToAgent, readonly ["sources", ...unknown[]]> {
  assert.ok(message?.[0] === "sources");
  return message;
}

test("SourceSender sends a content to each agent once, and to whom it was lost, again", (t) => {
  process.env.XDG_CACHE_HOME = temporaryFolder(t);
  const sent: ToAgent[][] = [[], []];
  const atAgent = new Set<string>();
  const senders = sent.map((messages) => new SourceSender(atAgent, (message) => messages.push(message)));
  for (const sender of senders) {
    sender.definition(definition);
    sender.definition(definition);
  }
  const [first, second] = sent.map((messages) => sourcesOf(messages));
  assert.deepEqual(first?.[1], second?.[1]);
  assert.equal(sent.flat().length, 2);
  assert.ok((first?.[2].length ?? 0) > 0);
  assert.deepEqual(second?.[2], []);

  const asked: (readonly string[])[] = [];
  const files = new OwnFiles(new SourceCache(), fixtures, (hashes) => asked.push(hashes));
  files.take(second?.[1] ?? [], []);
  assert.equal(files.isComplete, false);
  senders[1]?.sendAgain(asked[0] ?? []);
  const again = sourcesOf(sent[1]?.slice(1) ?? []);
  files.take(again[1], again[2]);
  assert.equal(files.isComplete, true);
  const path = second?.[1].map(([name]) => name).find((name) => name.endsWith("pool/output.mjs")) ?? "";
  assert.equal(readFileSync(join(files.root ?? "", path), "utf8"), readFileSync(module, "utf8"));
  files.remove();
});
