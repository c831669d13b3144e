import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder();
const session = new Session();
await session.run(
  "/** Length of things. */\nconst measure = { metres: 1, miles: 2 };\nnamespace Maps { export const north = 1 }\nfunction f(a: number): string { return '' + a }",
);

const complete = (text: string) => {
  const offset = text.indexOf("|");
  return session.language.complete(session.declarations, text.replace("|", ""), offset);
};
const inspect = (text: string) =>
  session.language.inspect(session.declarations, text.replace("|", ""), text.indexOf("|"));

describe("complete()", () => {
  test("offers members and names of other cells, with what they replace", () => {
    const members = complete("measure.me|");
    assert.deepEqual(members.matches[0], { text: "metres", type: "property" });
    assert.deepEqual([members.start, members.end], [8, 10]);
    assert.ok(complete("1; meas|").matches.some(({ text }) => text === "measure"));
    assert.deepEqual(
      complete("Maps.|").matches.map(({ text }) => text),
      ["north"],
    );
  });

  test("offers names of the same cell and of Node", () => {
    assert.equal(complete("const ownName = 1;\nownN|").matches[0]?.text, "ownName");
    assert.equal(complete("process.nextT|").matches[0]?.text, "nextTick");
  });

  test("replaces the part of a path, a private name and a word that is typed already", () => {
    const path = complete('import x from "node:f|');
    assert.deepEqual([path.start, path.end], [20, 21]);
    assert.ok(path.matches.length === 0 || path.matches.every(({ text }) => text.includes("f")));
    const own = complete("class A { #secret = 1; read() { return this.#se|; } }");
    assert.equal(own.matches[0]?.text, "#secret");
    assert.equal(own.start, 44);
    assert.ok(complete("measure.miles|").matches.some(({ text }) => text === "miles"));
  });

  test("changes nothing that a cell sees", async () => {
    complete("let half = |");
    assert.equal(await session.run("measure.miles"), 2);
  });
});

describe("inspect()", () => {
  test("tells type and documentation", () => {
    const text = inspect("measu|re");
    assert.match(text ?? "", /const measure: \{/);
    assert.match(text ?? "", /Length of things\./);
    assert.equal(inspect("|f"), "function f(a: number): string");
    assert.match(inspect("[1].ma|p") ?? "", /Calls a defined callback function/);
  });

  test("tells nothing about an unknown name", () => {
    assert.equal(inspect("unknow|n"), undefined);
    assert.equal(inspect("|"), undefined);
  });
});

describe("completeness()", () => {
  const status = (source: string) => session.language.completeness(source).status;

  test("tells apart what is complete, what goes on and what is wrong", () => {
    assert.equal(status("let x = 1"), "complete");
    assert.equal(status("function f() {"), "incomplete");
    assert.equal(status("`open"), "incomplete");
    assert.equal(status("f(1,"), "incomplete");
    assert.equal(status("import = 7q"), "invalid");
    assert.equal(status("await (1)"), "complete");
  });

  test("indents the next line by the one before it, and more after an open bracket", () => {
    const indent = (source: string) => session.language.completeness(source).indent;
    assert.equal(indent("if (true) {"), "  ");
    assert.equal(indent("if (true) {\n  f(1,"), "    ");
    assert.equal(indent("if (true) {\n  f();"), "  ");
    assert.equal(indent("`open"), "");
  });
});

test("version is known at once and is that of the compiler", async () => {
  assert.match(session.language.version, /^6\.0\./);
});
