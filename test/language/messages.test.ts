import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enterFolder } from "../helpers/folder.js";
import { Session } from "../helpers/session.js";

enterFolder();

const wrong: [cell: string, message: string][] = [
  ["notFn()", "notFn is not a function"],
  ["notFn?.()", "notFn is not a function"],
  ["(() => notFn())()", "notFn is not a function"],
  ["(function () { if (true) { return notFn(1) } })()", "notFn is not a function"],
  ["[1].map((each) => each + notFn())", "notFn is not a function"],
  ["class A { static go() { return notFn() } } A.go()", "notFn is not a function"],
  ["new (class { constructor() { notFn() } })()", "notFn is not a function"],
  ["await (async () => { await null; notFn() })()", "notFn is not a function"],
  ["(notFn)()", "notFn is not a function"],
  ["notFn`a`", "notFn is not a function"],
  ["new notFn()", "notFn is not a constructor"],
  ["new object.Inner()", "object.Inner is not a constructor"],
  ["object.load()", "object.load is not a function"],
  ["object.inner?.load()", "object.inner?.load is not a function"],
  ["object.inner['load']()", "object.inner.load is not a function"],
  ["object.get()()", "object.get(...) is not a function"],
  ["for (const each of notFn) { each }", "notFn is not iterable"],
  ["[0, ...notFn]", "notFn is not iterable"],
  [
    "const taken = () => { const { a } = none; return a }; taken()",
    "Cannot destructure property 'a' of 'none' as it is undefined.",
  ],
  ["let own; own = 1; own()", "own is not a function"],
  ["await (async () => { for await (const each of notFn) { each } })()", "notFn is not async iterable"],
];

for (const javascript of [false, true]) {
  describe(`a message of V8's about a ${javascript ? "JavaScript" : "TypeScript"} cell`, async () => {
    const session = new Session({ javascript });
    const types = javascript ? "" : ": any";
    await session.run(
      `const notFn${types} = 5, none${types} = undefined; const object${types} = { inner: {}, get() {} };`,
    );

    for (const [cell, message] of wrong) {
      test(`says the cell's names: ${cell}`, async () => {
        await assert.rejects(session.run(cell.replace("let own;", `let own${types};`)), { message });
      });
    }

    test("says them wherever the error is caught", async () => {
      assert.equal(
        await session.run(`let said = ''; try { notFn() } catch (e${types}) { said = e.message } said`),
        wrong[0]?.[1],
      );
      assert.equal(
        await session.run("await Promise.reject(1).catch(() => notFn()).catch((e) => e.message)"),
        wrong[0]?.[1],
      );
    });
  });
}

test("a called name is read before its arguments, and `this` is undefined in it", async () => {
  const session = new Session();
  await session.run("let f = function (this: unknown, n: number) { return [this, n] }; const first = f;");
  assert.deepEqual(await session.run("f(((f = null!), 2))"), [undefined, 2]);
  assert.equal(
    await session.run("f = first; const g = (n: number): unknown => n > 0 ? g(n - 1) : f(n); g(3); f.length"),
    1,
  );
  assert.deepEqual(await session.run("function swap() { f = () => ['new']; return f(1) } swap()"), ["new"]);
});

test("a name that the cell uses for a function of its own, a parameter or a class stays that", async () => {
  const session = new Session();
  await session.run("const twice = (n: number) => 2 * n; const list = [1, 2];");
  assert.deepEqual(await session.run("((twice: () => number) => twice())(() => 7)"), 7);
  assert.deepEqual(
    await session.run("function own() { { const twice = () => 'inner'; twice() } return twice(4) } own()"),
    8,
  );
  assert.deepEqual(await session.run("((n = twice(3)) => [...list, n])()"), [1, 2, 6]);
  assert.deepEqual(
    await session.run("class Holder { field = twice(2); static { twice(1) } } new Holder().field"),
    4,
  );
  assert.deepEqual(await session.run("function twice2() { return twice2.name } twice2()"), "twice2");
});
