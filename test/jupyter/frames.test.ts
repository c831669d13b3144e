import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "#dist/jupyter/session.js";

const session = new Session({ key: "", signature_scheme: "hmac-sha256", username: "someone" });
const frames = (...parts: string[]) => ["<IDS|MSG>", "", ...parts].map((part) => Buffer.from(part));
const header = JSON.stringify({ msg_id: "1", msg_type: "execute_request" });

test("what is encoded is decoded, with its routing and its buffers", () => {
  const key = { key: "secret", signature_scheme: "hmac-sha256" };
  const [client, kernel] = ["client", "kernel"].map((username) => new Session({ ...key, username }));
  const request = client?.message("execute_request", { code: "1 + 1" });
  assert.ok(request);
  const sent = { ...request, buffers: [new Uint8Array([1, 2, 3]).subarray(1)] };
  const arrived = kernel?.decode(client?.encode(sent, [Buffer.from("identity")]) ?? []);
  assert.deepEqual(arrived, {
    ...sent,
    routing: [Buffer.from("identity")],
    buffers: [Buffer.from([2, 3])],
  });
});

test("decode() fills in what some peers leave out", () => {
  const message = session.decode(frames(header, "", "null", "{}"));
  assert.deepEqual([message?.parent_header, message?.metadata, message?.content], [{}, {}, {}]);
  assert.equal(message?.header.username, "");
});

for (const [fault, broken] of Object.entries({
  "without a delimiter": [Buffer.from(header)],
  "with too few parts": frames(header, "{}", "{}"),
  "that is no JSON": frames(header, "{}", "{}", "{"),
  "without a type": frames('{"msg_id":"1"}', "{}", "{}", "{}"),
  "without an id": frames('{"msg_type":"x"}', "{}", "{}", "{}"),
  "whose header is no object": frames("[]", "{}", "{}", "{}"),
})) {
  test(`decode() gives undefined for a message ${fault}`, () => {
    assert.equal(session.decode(broken), undefined);
  });
}

test("decode() gives undefined for a message of another key", () => {
  const signed = new Session({ key: "a", signature_scheme: "hmac-sha256", username: "" });
  const other = new Session({ key: "b", signature_scheme: "hmac-sha256", username: "" });
  assert.equal(other.decode(signed.encode(signed.message("status", {}))), undefined);
});
