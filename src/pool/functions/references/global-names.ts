/** Names every Node process has; taken before a notebook adds its own. */
export const globalNames: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(globalThis).filter((name) => name !== "__tslab__"),
);
