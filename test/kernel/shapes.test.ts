import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { KernelClient } from "../helpers/kernel-client.js";

const root = path.resolve(import.meta.dirname, "../../..");

describe("values that show themselves by their shape", () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await KernelClient.start({ cwd: root });
  });
  after(() => kernel.stop());

  /** The data by MIME type of a last expression. */
  const shown = async (code: string): Promise<Record<string, unknown>> => {
    const { reply, iopub, stderr } = await kernel.execute(`// @ts-nocheck\n${code}`);
    assert.equal(reply.content.status, "ok", reply.content.evalue);
    assert.equal(stderr, "");
    return iopub.find(({ header }) => header.msg_type === "execute_result")?.content.data;
  };
  const rows = (html: unknown) =>
    [...String(html).matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = ""]) =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell),
    );

  test("an array of objects with names in common is a table, with the text that it has always had", async () => {
    const data = await shown(`[{ n: 1, name: "<b>&$" }, { n: 22n, name: null, extra: [1, { a: 1 }] }]`);
    assert.deepEqual(Object.keys(data).sort(), ["text/html", "text/plain"]);
    assert.match(String(data["text/plain"]), /^\[\n {2}\{ n: 1, name: '<b>&\$' \}/);
    assert.deepEqual(rows(data["text/html"]), [
      ["", "n", "name", "extra"],
      ["0", "1", "&lt;b&gt;&amp;$", ""],
      ["1", "22n", "null", "[ 1, [Object] ]"],
    ]);
  });

  test("a large table shows its ends and says its size", async () => {
    const data = await shown("Array.from({ length: 1000 }, (_, i) => ({ i, square: i * i }))");
    const all = rows(data["text/html"]);
    assert.deepEqual(
      [all[1], all[31], all.at(-1)],
      [
        ["0", "0", "0"],
        ["…", "…", "…"],
        ["999", "999", "998001"],
      ],
    );
    assert.match(String(data["text/html"]), /<p>1000 rows, 2 columns<\/p>/);
    const wide = await shown("[Object.fromEntries(Array.from({ length: 50 }, (_, i) => ['c' + i, i]))]");
    assert.deepEqual(rows(wide["text/html"])[0]?.slice(-2), ["c29", "20 more columns"]);
  });

  test("ordinary values stay text: other arrays and objects, instances, functions, proxies", async () => {
    const values = [
      "[]",
      "[1, 2]",
      "[{}, {}]",
      "[1, { a: 1 }]",
      "[{ a: 1 }, { b: 1 }, { c: 1 }]",
      "[[1], [2]]",
      "[new Date(0)]",
      "[new (class A { a = 1; })()]",
      "({ a: 1 })",
      "({ data: [1], layout: {} })",
      "({ data: [{ type: 'own' }], layout: {} })",
      "({ $schema: 'http://json-schema.org/draft-07/schema#' })",
      "new Map([[1, { a: 1 }]])",
      "() => 1",
      "new Proxy({}, { get: (_, name) => () => name })",
      "new Response('text')",
      "new Blob(['text'], { type: 'text/plain' })",
      "({ get columns() { throw new Error('read'); }, get outerHTML() { throw new Error('read'); } })",
      "new (class { toBuffer() { return Buffer.alloc(1); } })()",
      "new (class { toSpec() { throw new Error('no'); } })()",
      "new (class { columns = ['a']; })()",
      "Promise.resolve([{ a: 1 }])",
    ];
    for (const value of values) {
      assert.deepEqual(Object.keys(await shown(value)), ["text/plain"], value);
    }
  });

  test("no getter of an object's own is called that was not called before", async () => {
    const data = await shown(`globalThis.asked = [];
      const getter = (name) => ({ enumerable: true, get() { asked.push(name); } });
      Object.defineProperties({}, Object.fromEntries(["$schema", "data", "layout", "toSpec", "toBuffer", "_groups", "columns"].map((name) => [name, getter(name)])))`);
    assert.match(String(data["text/plain"]), /\[Getter\]/);
    assert.equal((await shown("asked.join()"))["text/plain"], "''");
  });

  test("specifications of Vega and Vega-Lite are charts, also from toSpec()", async () => {
    const schema = (name: string) => `https://vega.github.io/schema/${name}.json`;
    const spec = (name: string) =>
      `({ $schema: "${schema(name)}", mark: "bar", data: { values: [{ a: 1 }] } })`;
    const lite = await shown(spec("vega-lite/v5"));
    assert.deepEqual(lite["application/vnd.vegalite.v5+json"], {
      $schema: schema("vega-lite/v5"),
      mark: "bar",
      data: { values: [{ a: 1 }] },
    });
    assert.match(String(lite["text/plain"]), /vega-lite/);
    assert.ok("application/vnd.vega.v5+json" in (await shown(spec("vega/v5"))));
    // JupyterLab 4 draws version 5 at most.
    const newer = await shown(spec("vega-lite/v6"));
    assert.deepEqual(
      Object.keys(newer).filter((type) => type !== "text/plain"),
      ["application/vnd.vegalite.v6+json", "application/vnd.vegalite.v5+json"],
    );
    const made = await shown(`new (class Chart { toSpec() { return ${spec("vega-lite/v5")}; } })()`);
    assert.equal((made["application/vnd.vegalite.v5+json"] as { mark: string }).mark, "bar");
  });

  test("a figure of Plotly is one, typed arrays as lists", async () => {
    const data = await shown(
      "({ data: [{ type: 'scatter', x: new Float64Array([1, 2]), y: [3, NaN] }], layout: { title: 't' } })",
    );
    assert.deepEqual(data["application/vnd.plotly.v1+json"], {
      data: [{ type: "scatter", x: [1, 2], y: [3, null] }],
      layout: { title: "t" },
    });
  });

  test("data frames as arquero and danfo have them are tables, with a text that can be read", async () => {
    const arquero = await shown(`new (class Table {
      columnNames() { return ["a", "b"]; } numRows() { return 2; } get(name, row) { return name + row; } })()`);
    const table = [
      ["", "a", "b"],
      ["0", "a0", "b0"],
      ["1", "a1", "b1"],
    ];
    assert.deepEqual(rows(arquero["text/html"]), table);
    assert.equal(arquero["text/plain"], "    a   b\n0  a0  b0\n1  a1  b1");
    const danfo = await shown(`new (class DataFrame {
      get columns() { return ["a"]; } get values() { return [[1], ["x"]]; } get index() { return ["r1", "r2"]; } })()`);
    assert.deepEqual(rows(danfo["text/html"]), [
      ["", "a"],
      ["r1", "1"],
      ["r2", "x"],
    ]);
  });

  test("a canvas, a Blob and a Response of a picture are pictures; the Response can still be read", async () => {
    const png = "Buffer.from('89504e470d0a1a0a00', 'hex')";
    const canvas = (bytes: string) =>
      `new (class Canvas { getContext() {} toBuffer(type) { return ${bytes}; } })()`;
    for (const value of [
      canvas(png),
      canvas(`Promise.resolve(${png})`),
      `new Blob([${png}], { type: "image/png" })`,
      `const answer = new Response(${png}, { headers: { "content-type": "image/png" } }); answer`,
    ]) {
      const data = await shown(value);
      assert.deepEqual([data["image/png"], typeof data["text/plain"]], ["iVBORw0KGgoA", "string"], value);
    }
    assert.equal((await shown("(await answer.arrayBuffer()).byteLength"))["text/plain"], "9");
    const svg = await shown(`new Blob(["<svg/>"], { type: "image/svg+xml" })`);
    assert.equal(svg["image/svg+xml"], "<svg/>");
    assert.deepEqual(Object.keys(await shown(canvas("Promise.reject(new Error('no'))"))), ["text/plain"]);
  });

  test("an element of a document and a selection of D3 are their markup", async () => {
    const svg = await shown(
      `({ _groups: [[1]], node: () => ({ tagName: "svg", outerHTML: "<svg></svg>" }) })`,
    );
    assert.deepEqual(svg, { "image/svg+xml": "<svg></svg>", "text/plain": "<svg></svg>" });
    const drawn = async (root: string) => {
      const markup = `${root}<path fill="currentColor"/></svg>`;
      const data = await shown(`({ tagName: "svg", outerHTML: ${JSON.stringify(markup)} })`);
      assert.equal(data["text/plain"], markup);
      return String(data["image/svg+xml"]).split("<path")[0];
    };
    assert.equal(await drawn('<svg width="1">'), '<svg style="background: white" width="1">');
    assert.equal(await drawn('<svg style="a: b">'), '<svg style="background: white; a: b">');
    assert.equal(await drawn('<svg style="background: red">'), '<svg style="background: red">');
  });

  test("the order of displays stays, tables among them", async () => {
    const { iopub } = await kernel.execute("console.log(1); display([{ a: 1 }]); console.log(2);");
    const types = iopub.map(({ header }) => header.msg_type);
    assert.deepEqual(types.slice(2, -1), ["stream", "display_data", "stream"]);
  });

  test("html, svg, md, latex, json and image of poolbook/display show themselves", async () => {
    await shown('import { html, image, json, latex, md, svg } from "poolbook/display"; 0');
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the placeholders are those of the cells.
    const bundles: [code: string, bundle: object][] = [
      [
        "html`<p>${'<i>'} ${html`<b>${1}</b>`} ${[html`<u/>`, 'x & y']}</p>`",
        { "text/html": "<p>&lt;i&gt; <b>1</b> <u/>x &amp; y</p>" },
      ],
      ["html('<b>')", { "text/html": "<b>" }],
      ["svg`<svg><text>${'<'}</text></svg>`", { "image/svg+xml": "<svg><text>&lt;</text></svg>" }],
      ["md`# ${1} *b*`", { "text/markdown": "# 1 *b*" }],
      ["latex`\\frac{1}{${2}} \\u`", { "text/latex": "$$\\frac{1}{2} \\u$$" }],
      ["latex`$x$`", { "text/latex": "$x$" }],
    ];
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.
    for (const [code, bundle] of bundles) {
      const [text] = Object.values(bundle);
      assert.deepEqual(await shown(code), { ...bundle, "text/plain": text });
    }
    assert.deepEqual(await shown("json({ a: [1], b: undefined, d: new Date(0) })"), {
      "application/json": { a: [1], d: "1970-01-01T00:00:00.000Z" },
      "text/plain": "{ a: [ 1 ], b: undefined, d: 1970-01-01T00:00:00.000Z }",
    });
    assert.equal((await shown("String(html`<b>`)"))["text/plain"], "'<b>'");
  });

  test("image() shows a file and bytes, and refuses what is no picture", async () => {
    await shown(`import { writeFileSync } from "node:fs";
      import { tmpdir } from "node:os";
      const file = tmpdir() + "/poolbook-picture.svg";
      writeFileSync(file, '<?xml version="1.0"?>\\n<!-- c -->\\n<svg/>'); 0`);
    const svg = await shown("image(file)");
    assert.match(String(svg["image/svg+xml"]), /<svg\/>$/);
    assert.match(String(svg["text/plain"]), /^poolbook-picture\.svg, image\/svg\+xml, \d+ bytes$/);
    const gif = await shown("image(Buffer.from('GIF89a'))");
    assert.deepEqual(gif, { "image/gif": "R0lGODlh", "text/plain": "image/gif, 6 bytes" });
    const remote = await shown(`image("https://example.org/a.png?b=1&c")`);
    assert.equal(remote["text/html"], '<img src="https://example.org/a.png?b=1&amp;c">');
    for (const [code, error] of [
      ["image(Buffer.from('text'))", /^Expected a PNG, JPEG, GIF, WebP or SVG/],
      ["image('/no/such/file')", /ENOENT/],
    ] as const) {
      assert.match((await kernel.execute(code)).reply.content.evalue, error);
    }
  });
});
