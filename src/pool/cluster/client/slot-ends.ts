/** Of a worker that has died unheard, nobody knows which tasks it has begun: they must not run a second time. */
export const lostEnd = {
  exitCode: null,
  signal: null,
  firstTicket: 0,
  lastBegun: Number.MAX_SAFE_INTEGER,
  results: [],
};

/** A worker that was given up before it was there. */
export const withdrawnEnd = { ...lostEnd, signal: "SIGTERM", lastBegun: 0 } as const;
