import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { silenceBehindReply } from "#dist/runner/cells/silence-behind-reply.js";

test("a kernel that replies and never says that it is idle makes the cell fail once it has been silent for a minute", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const future = {} as Parameters<typeof silenceBehindReply>[0];
    const over = new AbortController();
    let error: string | undefined;
    const silent = silenceBehindReply(future, over.signal).then((outcome) => {
      error = outcome.error?.ename;
    });
    const heard = async (milliseconds: number) => {
      mock.timers.tick(milliseconds);
      await Promise.resolve();
      return error;
    };

    // As long as it has not replied, it computes.
    void future.onIOPub({} as never);
    assert.equal(await heard(3_600_000), undefined);
    void future.onReply({} as never);
    assert.equal(await heard(59_999), undefined);
    void future.onIOPub({} as never);
    assert.equal(await heard(59_999), undefined);
    assert.equal(await heard(1), "IdleNotReceivedError");
    await silent;
  } finally {
    mock.timers.reset();
  }
});

test("a cell that is over is not watched any more", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const future = {} as Parameters<typeof silenceBehindReply>[0];
    const over = new AbortController();
    let isOver = false;
    void silenceBehindReply(future, over.signal).then(() => {
      isOver = true;
    });
    void future.onReply({} as never);
    over.abort();
    mock.timers.tick(120_000);
    await Promise.resolve();
    assert.equal(isOver, false);
  } finally {
    mock.timers.reset();
  }
});
