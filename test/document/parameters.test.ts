import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { joinLines, type Notebook } from "#dist/document/notebook.js";
import { injectParameters } from "#dist/document/parameters/inject-parameters.js";
import { findLanguage } from "#dist/document/parameters/languages/find-language.js";
import { ParameterError, type ParameterValue } from "#dist/document/parameters/parameter-value.js";
import { readTyped, readYaml } from "#dist/document/parameters/read-parameters.js";
import { parseNotebook } from "#dist/document/parse-notebook.js";

const typed: [text: string, value: ParameterValue][] = [
  ["True", true],
  ["true", true],
  ["False", false],
  ["None", null],
  ["null", null],
  ["10", 10n],
  ["-7", -7n],
  ["+5", 5n],
  ["007", 7n],
  ["1_000", 1000n],
  [" 7 ", 7n],
  ["98765432109876543210", 98765432109876543210n],
  ["13.3", 13.3],
  [".5", 0.5],
  ["1e5", 100000],
  ["nan", Number.NaN],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["hello world", "hello world"],
  ["", ""],
  ["1.2.3", "1.2.3"],
  ["0x10", "0x10"],
  ["[1, 2]", "[1, 2]"],
  ["2026-01-02", "2026-01-02"],
];

for (const [text, value] of typed) {
  test(`readTyped() reads ${JSON.stringify(text)} as ${String(value)}`, () => {
    assert.deepEqual(readTyped(text), value);
  });
}

test("readYaml() reads YAML 1.1 and JSON, keeps dates as texts, and tells integers from floats", () => {
  assert.deepEqual(readYaml("a: yes\nb: 017\nc: [1, 2.0, ~]\nd: 2026-01-02\ne: {f: g}", "x"), {
    a: true,
    b: 15n,
    c: [1n, 2, null],
    d: "2026-01-02",
    e: { f: "g" },
  });
  assert.deepEqual(readYaml('{"a": [1, "two"]}', "x"), { a: [1n, "two"] });
  assert.deepEqual(readYaml("", "x"), {});
});

test("readYaml() names the source of what it cannot read", () => {
  for (const text of ["a: [1", "- 1", "seven"]) {
    assert.throws(
      () => readYaml(text, "file.yaml"),
      (error) => error instanceof ParameterError && /^file\.yaml: /.test(error.message),
    );
  }
});

const samples: ParameterValue[] = [
  null,
  true,
  12345n,
  -54321n,
  3000000000n,
  1.5,
  3,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  'say "hi"\n\\',
  "😍é",
  "$x it's",
  ["foo", 1n],
  { foo: '"bar"', deep: { list: [1n, null] } },
];

const written: Record<string, string[]> = {
  typescript: [
    "null",
    "true",
    "12345",
    "-54321",
    "3000000000",
    "1.5",
    "3",
    "NaN",
    "-Infinity",
    '"say \\"hi\\"\\n\\\\"',
    '"😍é"',
    '"$x it\'s"',
    '["foo", 1]',
    '{ "foo": "\\"bar\\"", "deep": { "list": [1, null] } }',
  ],
  python: [
    "None",
    "True",
    "12345",
    "-54321",
    "3000000000",
    "1.5",
    "3.0",
    "float('nan')",
    "float('-inf')",
    '"say \\"hi\\"\\n\\\\"',
    '"\\U0001f60d\\xe9"',
    '"$x it\'s"',
    '["foo", 1]',
    '{"foo": "\\"bar\\"", "deep": {"list": [1, None]}}',
  ],
  r: [
    "NULL",
    "TRUE",
    "12345",
    "-54321",
    "3000000000",
    "1.5",
    "3.0",
    "NaN",
    "-Inf",
    '"say \\"hi\\"\\n\\\\"',
    '"\\U0001f60d\\xe9"',
    '"$x it\'s"',
    'list("foo", 1)',
    'list("foo" = "\\"bar\\"", "deep" = list("list" = list(1, NULL)))',
  ],
  julia: [
    "nothing",
    "true",
    "12345",
    "-54321",
    "3000000000",
    "1.5",
    "3.0",
    "NaN",
    "-Inf",
    '"say \\"hi\\"\\n\\\\"',
    '"\\U0001f60d\\xe9"',
    '"\\$x it\'s"',
    '["foo", 1]',
    'Dict("foo" => "\\"bar\\"", "deep" => Dict("list" => [1, nothing]))',
  ],
  scala: [
    "None",
    "true",
    "12345",
    "-54321",
    "3000000000L",
    "1.5",
    "3.0",
    "Double.NaN",
    "Double.NegativeInfinity",
    '"say \\"hi\\"\\n\\\\"',
    '"😍é"',
    '"$x it\'s"',
    'Seq("foo", 1)',
    'Map("foo" -> "\\"bar\\"", "deep" -> Map("list" -> Seq(1, None)))',
  ],
};

for (const [name, expected] of Object.entries(written)) {
  test(`parameters are written in ${name}`, () => {
    const language = findLanguage(name);
    const statement = language.assign("x", null).replace(/;$/, "");
    const prefix = statement.slice(0, statement.lastIndexOf(expected[0] ?? ""));
    const written = samples.map((value) =>
      language.assign("x", value).slice(prefix.length).replace(/;$/, ""),
    );
    assert.deepEqual(written, expected);
  });
}

test("parameters are written in bash, which has no lists", () => {
  const bash = findLanguage("bash");
  assert.equal(bash.assign("x", "two words"), "x='two words'");
  assert.equal(bash.assign("x", "it's"), `x='it'"'"'s'`);
  assert.equal(bash.assign("x", true), "x=true");
  assert.throws(() => bash.assign("x", []), ParameterError);
});

const large = 123456789012345678901234567891n;
const bigints: [declared: string | undefined, written: string | undefined][] = [
  ["bigint", `${large}n`],
  ["bigint[]", `[${large}n]`],
  ["number", undefined],
  ["number | bigint", undefined],
  [undefined, undefined],
];

for (const [type, expected] of bigints) {
  test(`an integer that no number holds, declared as ${type}, is ${expected ?? "refused"} in TypeScript`, () => {
    const declared = { name: "x", keyword: "const", type, default: "0" };
    const assign = () =>
      findLanguage("typescript").assign("x", type?.endsWith("[]") ? [large] : large, declared);
    if (expected === undefined) {
      assert.throws(
        assign,
        (error) => error instanceof ParameterError && /declare it as a bigint/.test(error.message),
      );
    } else {
      assert.equal(assign(), `const x: ${type} = ${expected};`);
    }
  });
}

test("an integer that no number holds is written in full where the language has such, and refused elsewhere", () => {
  assert.equal(findLanguage("python").assign("x", large), `x = ${large}`);
  assert.equal(findLanguage("julia").assign("x", large), `x = ${large}`);
  assert.equal(findLanguage("bash").assign("x", large), `x=${large}`);
  assert.equal(findLanguage("javascript").assign("x", 1n, { name: "x", default: "0n" }), "const x = 1n;");
  assert.equal(findLanguage("javascript").assign("x", 2n ** 60n), `const x = ${2n ** 60n};`);
  for (const language of ["javascript", "r", "scala"]) {
    assert.throws(() => findLanguage(language).assign("x", { deep: [large] }), ParameterError, language);
  }
});

test("findLanguage() refuses a language nobody can write parameters in", () => {
  assert.throws(
    () => findLanguage("brainfuck"),
    (error) => error instanceof ParameterError && /known: typescript/.test(error.message),
  );
});

function notebook(
  cells: { source: string; tags?: string[]; id?: string; cell_type?: string }[],
  minor = 5,
): Notebook {
  const full = cells.map(({ source, tags, id, cell_type = "code" }) => ({
    cell_type,
    source,
    ...(id && { id }),
    metadata: tags ? { tags } : {},
  }));
  return parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: minor, metadata: {}, cells: full }));
}

const typescript = { language: findLanguage("typescript") };
const sources = ({ cells }: Notebook) => cells.map(({ source }) => joinLines(source));

describe("injectParameters()", () => {
  test("declares again, behind the parameters cell, with the keyword and the type of the default", () => {
    const target = notebook([
      { source: "// intro" },
      {
        source:
          'const workers: number = 2;\nlet names = ["a"];\nexport const big = 5n; // how big\nvar any = f();',
        tags: ["parameters"],
      },
      { source: "work()" },
    ]);
    injectParameters(target, { workers: 3n, names: [], big: 7n, any: 1.5 }, typescript);
    assert.equal(
      sources(target)[2],
      "// Parameters\nconst workers: number = 3;\nlet names: string[] = [];\nconst big: bigint = 7n;\nvar any = 1.5;",
    );
    assert.deepEqual(target.cells[2]?.metadata, { tags: ["injected-parameters"] });
    assert.equal(target.cells[2]?.id, "injected-parameters");
    assert.equal(target.cells.length, 4);
  });

  test("replaces an earlier injected cell where it stands, and keeps its id", () => {
    const target = notebook([
      { source: "old", tags: ["injected-parameters"], id: "mine" },
      { source: "const x = 1;", tags: ["parameters"], id: "p" },
    ]);
    injectParameters(target, { x: 2n }, typescript);
    assert.deepEqual(sources(target), ["// Parameters\nconst x: number = 2;", "const x = 1;"]);
    assert.equal(target.cells[0]?.id, "mine");
  });

  test("changes nothing without parameters", () => {
    const target = notebook([{ source: "old", tags: ["injected-parameters"] }]);
    const before = structuredClone(target);
    injectParameters(target, {}, typescript);
    assert.deepEqual(target, before);
  });

  test("gives no id to a notebook older than 4.5, and a free one otherwise", () => {
    const old = notebook([{ source: "const x = 1;", tags: ["parameters"] }], 4);
    injectParameters(old, { x: 2n }, typescript);
    assert.equal("id" in (old.cells[1] ?? {}), false);
    const taken = notebook([{ source: "const x = 1;", tags: ["parameters"], id: "injected-parameters" }]);
    injectParameters(taken, { x: 2n }, typescript);
    assert.equal(taken.cells[1]?.id, "injected-parameters-2");
  });

  test("refuses what the notebook does not declare, and names what it does", () => {
    const target = notebook([{ source: "const workers = 1;", tags: ["parameters"] }]);
    assert.throws(
      () => injectParameters(target, { wrokers: 2n }, typescript),
      (error) => error instanceof ParameterError && /wrokers; declared: workers/.test(error.message),
    );
    assert.deepEqual(injectParameters(target, { extra: 2n }, { ...typescript, allowUnknown: true }), [
      "extra",
    ]);
    assert.equal(sources(target)[1], "// Parameters\nconst extra = 2;");
  });

  test("puts the cell first when none is tagged", () => {
    const target = notebook([{ source: "work()" }]);
    injectParameters(target, { x: 1n }, { ...typescript, allowUnknown: true });
    assert.equal(sources(target)[0], "// Parameters\nconst x = 1;");
  });

  test("reads Python's declarations: annotations, type comments, several lines", () => {
    const python = findLanguage("python");
    assert.deepEqual(
      python.declarations?.(
        "a: int = 3  # how many\nb = [1,\n  2]  # type: list the list\nc = d = 4\nx.y = 1\nif a:\n  z = 1",
      ),
      [
        { name: "a", type: "int", default: "3", comment: "how many" },
        { name: "b", type: "list", default: "[1,\n  2]", comment: "the list" },
      ],
    );
  });
});
