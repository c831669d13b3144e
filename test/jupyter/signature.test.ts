import assert from "node:assert/strict";
import { test } from "node:test";
import { Signer } from "#dist/jupyter/signature.js";

const parts = ["what do ya want ", "for nothing?"].map((part) => Buffer.from(part));

test("sign() is the HMAC of all parts: the test case of RFC 4231", () => {
  const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  assert.equal(new Signer("Jefe", "hmac-sha256").sign(parts), expected);
});

test("verify() accepts the same key only", () => {
  const signature = Buffer.from(new Signer("Jefe", "hmac-sha256").sign(parts));
  assert.ok(new Signer("Jefe", "hmac-sha256").verify(signature, parts));
  assert.ok(!new Signer("jefe", "hmac-sha256").verify(signature, parts));
  assert.ok(!new Signer("Jefe", "hmac-sha512").verify(signature, parts));
  assert.ok(!new Signer("Jefe", "hmac-sha256").verify(Buffer.alloc(0), parts));
});

test("an empty key signs nothing and accepts everything", () => {
  const signer = new Signer("", "hmac-sha256");
  assert.equal(signer.sign(parts), "");
  assert.ok(signer.verify(Buffer.from("anything"), parts));
});

test("a hash that Node does not know is refused by its name", () => {
  assert.throws(() => new Signer("key", "hmac-sha3000"), /`signature_scheme`.*"hmac-sha3000"/);
});
