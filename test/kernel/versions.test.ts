import assert from "node:assert/strict";
import { test } from "node:test";
import { checkVersions, installedVersion } from "#dist/kernel/versions.js";

test("checkVersions() accepts what is installed", () => {
  checkVersions();
});

test("checkVersions() refuses a tslab or a zeromq it does not know, in one line", () => {
  for (const name of ["tslab", "zeromq"]) {
    const other = (asked: string) => (asked === name ? "99.0.0" : installedVersion(asked));
    assert.throws(
      () => checkVersions(other),
      new RegExp(`^RangeError: Expected ${name} [\\d.]+, found 99\\.0\\.0; install exactly that version$`),
    );
  }
});
