import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeVersionProblem } from "#dist/setup/node-version.js";

test("nodeVersionProblem() accepts 20.19 and newer", () => {
  for (const version of ["20.19.0", "20.20.2", "22.0.0", "24.11.1", "26.12.1", "27.0.0"]) {
    assert.equal(nodeVersionProblem(version), undefined, version);
  }
});

test("nodeVersionProblem() names the version that is needed and the one that runs", () => {
  for (const version of ["18.20.4", "20.18.3"]) {
    assert.match(
      nodeVersionProblem(version) ?? "",
      new RegExp(`20\\.19 or newer is needed, this is ${version}; install 22, 24 or 26 from`),
    );
  }
});
