import assert from "node:assert/strict";
import { test } from "node:test";
import { junitReport } from "#dist/cli/reporters/check-junit.js";
import { checkOf, differentCell } from "../../helpers/notebook-check.js";
import { parseXml, type XmlElement } from "../../helpers/xml.js";

const date = new Date("2026-11-22T10:00:00Z");

// What Jenkins' schema for JUnit XML asks for and allows.
const schema: Record<string, { required: string[]; optional?: string[]; children: string[] }> = {
  testsuites: { required: ["name", "tests", "failures", "errors", "time"], children: ["testsuite"] },
  testsuite: {
    required: ["name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"],
    children: ["properties", "testcase"],
  },
  properties: { required: [], children: ["property"] },
  property: { required: ["name", "value"], children: [] },
  testcase: { required: ["name", "classname", "time"], children: ["failure", "error", "skipped"] },
  failure: { required: ["message", "type"], children: [] },
  error: { required: ["message", "type"], children: [] },
  skipped: { required: ["message"], children: [] },
};

function assertValid(element: XmlElement): void {
  const rule = schema[element.name];
  assert.ok(rule, element.name);
  assert.deepEqual(Object.keys(element.attributes).sort(), [...rule.required].sort(), element.name);
  for (const child of element.children) {
    assert.ok(rule.children.includes(child.name), `${child.name} in ${element.name}`);
    assertValid(child);
  }
}

test("a suite for each notebook, a case for each cell, with what differs as text", () => {
  const xml = junitReport(
    [
      checkOf(
        [
          {},
          differentCell('a < b & "c"', "\u001b[31m]]>\u0000\uD800"),
          { status: "not-run" },
          { status: "skipped" },
        ],
        {
          status: "different",
        },
      ),
      checkOf([], { path: "b.ipynb", status: "could-not-run", problem: "not JSON" }),
      checkOf([{}], { path: "c.ipynb", isFlaky: true, attempts: 2 }),
    ],
    date,
  );
  const root = parseXml(xml);
  assertValid(root);
  assert.deepEqual(
    [root.attributes.tests, root.attributes.failures, root.attributes.errors],
    ["6", "1", "2"],
  );
  const [first, second, third] = root.children as [XmlElement, XmlElement, XmlElement];
  assert.deepEqual(
    first.children.map(({ attributes, children }) => [attributes.name, children[0]?.name]),
    [
      ["cell 1 (cell-1)", undefined],
      ["cell 2 (cell-2)", "failure"],
      ["cell 3 (cell-3)", "error"],
      ["cell 4 (cell-4)", "skipped"],
    ],
  );
  assert.equal(first.children[1]?.children[0]?.text, 'stdout differs\n- a < b & "c"\n+ ]]>\uFFFD\uFFFD');
  assert.equal(first.attributes.timestamp, "2026-11-22T10:00:00");
  assert.equal(second.children[0]?.children[0]?.attributes.message, "not JSON");
  assert.equal(third.children[0]?.children[0]?.attributes.value, "attempt 2");
});
