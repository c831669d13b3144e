import { subscribe, unsubscribe } from "node:diagnostics_channel";

/** A notebook's kernel publishes there that the user has interrupted the running cell. */
const channel = "poolbook.interrupt";

/** Calls `react` at each interrupt of the kernel until `end` resolves. */
export function onKernelInterrupt(react: () => void, end: Promise<void>): void {
  subscribe(channel, react);
  end.then(() => unsubscribe(channel, react));
}
