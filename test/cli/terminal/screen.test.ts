import assert from "node:assert/strict";
import { test } from "node:test";
import { Screen } from "#dist/cli/terminal/screen.js";

function fakeOutput(isTTY: boolean) {
  const written: string[] = [];
  const out = { isTTY, columns: 20, write: (text: string) => written.push(text) };
  return { written, screen: new Screen(out as unknown as NodeJS.WriteStream) };
}

const aboveTwo = "\r\x1b[1A\x1b[J";

test("Screen keeps its changing lines below all others, and cuts them to the terminal's width", () => {
  const { written, screen } = fakeOutput(true);
  screen.status("one", "a line that is longer than the screen");
  screen.line("done");
  screen.status();
  assert.deepEqual(written, [
    "one\na line that is long",
    `${aboveTwo}done\none\na line that is long`,
    aboveTwo,
  ]);
});

test("Screen shows lines only, and no escapes, where there is no terminal", () => {
  const { written, screen } = fakeOutput(false);
  screen.status("one", "two");
  screen.line(screen.style("red", "done"));
  assert.deepEqual(written, ["done\n"]);
});
