import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cellRules } from "#dist/document/comparison/rules/cell-rules.js";
import type { RuleLayer } from "#dist/document/comparison/rules/check-rules.js";
import { parseCheckSettings, parseNormaliserList } from "#dist/document/comparison/rules/check-settings.js";
import type { CodeCell, NotebookMetadata } from "#dist/document/notebook.js";
import { notebookOf } from "../../../helpers/notebook-value.js";

function rulesOf(cell: Partial<CodeCell>, metadata: NotebookMetadata = {}, layers: RuleLayer[] = []) {
  const notebook = { ...notebookOf([[]], cell), metadata };
  return cellRules(notebook, notebook.cells[0] as CodeCell, layers);
}

describe("the nearer rule wins", () => {
  test("command line, notebook, cell, tag, each with its source", () => {
    const layers = [
      {
        source: "package.json",
        settings: { atol: 1, rtol: 1, images: "size" as const, order: "unordered" as const },
      },
    ];
    const { rules, reasons } = rulesOf(
      { metadata: { tags: ["check-interleaved"], poolbook: { check: { atol: 3 } } } },
      { poolbook: { check: { atol: 2, rtol: 2, normalisers: { pids: false } } } },
      layers,
    );
    assert.deepEqual([rules.atol, rules.rtol, rules.images, rules.order], [3, 2, "size", "interleaved"]);
    assert.deepEqual(rules.normalisers, { ...rules.normalisers, pids: false, dates: true });
    assert.deepEqual(Object.fromEntries(reasons.map(({ setting, source }) => [setting, source])), {
      atol: "cell metadata",
      rtol: "notebook metadata",
      images: "package.json",
      order: "tag `check-interleaved`",
      "normalisers.pids": "notebook metadata",
    });
  });

  test("replacements add up", () => {
    const replace = (pattern: string) => [{ pattern, replacement: "" }];
    const { rules } = rulesOf(
      { metadata: { poolbook: { check: { replace: replace("a") } } } },
      { poolbook: { check: { replace: replace("b") } } },
    );
    assert.deepEqual(
      rules.replace.map(({ pattern }) => pattern),
      ["b", "a"],
    );
  });
});

describe("tags and comments", () => {
  const output = (source: string, tags: string[], language: string): string =>
    rulesOf({ source, metadata: { tags } }, { language_info: { name: language } }).rules.output;

  test("nbval's tags are understood, and a comment beats a tag", () => {
    assert.equal(output("", ["nbval-ignore-output"], "python"), "ignore");
    assert.equal(output("# NBVAL_CHECK_OUTPUT", ["nbval-ignore-output"], "python"), "compare");
  });

  test("nbval's comments begin as comments do in the cell's language", () => {
    assert.equal(output("// NBVAL_IGNORE_OUTPUT\n1", [], "typescript"), "ignore");
    assert.equal(output("//NBVAL_IGNORE_OUTPUT\n1", [], "typescript"), "ignore");
    assert.equal(output("# NBVAL_IGNORE_OUTPUT\n1", [], "typescript"), "compare");
    assert.equal(output("# NBVAL_IGNORE_OUTPUT\n1", [], "python"), "ignore");
    assert.equal(output("-- NBVAL_IGNORE_OUTPUT", [], "sql"), "ignore");
    assert.equal(output("%%javascript\n// NBVAL_IGNORE_OUTPUT", [], "python"), "ignore");
    assert.equal(output('console.log("// NBVAL_IGNORE_OUTPUT")', [], "typescript"), "compare");
  });

  test("without comparing by default, check-output has a cell compared", () => {
    const layers: RuleLayer[] = [{ source: "--lax", settings: { output: "ignore" } }];
    assert.equal(rulesOf({}, {}, layers).rules.output, "ignore");
    assert.equal(rulesOf({ metadata: { tags: ["check-output"] } }, {}, layers).rules.output, "compare");
  });

  test("an unknown check- tag and contradicting tags are errors; other tags are not ours", () => {
    assert.throws(() => rulesOf({ metadata: { tags: ["check-unorderd"] } }), {
      name: "CheckSettingsError",
      message:
        /unknown tag `check-unorderd`; known: check-skip, check-output, check-unordered, check-interleaved/,
    });
    assert.throws(
      () => rulesOf({ metadata: { tags: ["check-unordered", "check-interleaved"] } }),
      /exclude each other/,
    );
    assert.equal(rulesOf({ metadata: { tags: ["exercise"] } }).reasons.length, 0);
  });
});

const wrong: [settings: unknown, problem: RegExp][] = [
  [[], /package\.json: expected `poolbook\.check` to be an object, got `\[\]`/],
  [{ colour: 1 }, /unknown setting `colour`; known: normalisers, replace, rtol/],
  [{ normalisers: { pid: true } }, /unknown normaliser `pid`; known: ansi, tempfiles, progress, dates/],
  [{ normalisers: { pids: "on" } }, /expected `normalisers.pids` to be true or false, got `"on"`/],
  [{ rtol: -1 }, /expected `rtol` to be a number of at least 0, got `-1`/],
  [{ images: "pixels" }, /expected `images` to be one of exact, size, ignore, got `"pixels"`/],
  [{ replace: [{ pattern: "(", replacement: "" }] }, /Invalid regular expression/],
  [{ replace: [{ pattern: "a" }] }, /expected `replace: replacement` to be a string, got `undefined`/],
];

for (const [settings, problem] of wrong) {
  test(`settings ${JSON.stringify(settings)} are refused by name`, () => {
    assert.throws(() => parseCheckSettings(settings, "package.json"), {
      name: "CheckSettingsError",
      message: problem,
    });
  });
}

test("a list of normalisers switches the others off", () => {
  const { normalisers } = parseNormaliserList("pids, dates", "--normalisers");
  assert.deepEqual(
    Object.entries(normalisers ?? {})
      .filter(([, isOn]) => isOn)
      .map(([name]) => name),
    ["dates", "pids"],
  );
  assert.throws(() => parseNormaliserList("pid", "--normalisers"), /--normalisers: unknown normaliser `pid`/);
});
