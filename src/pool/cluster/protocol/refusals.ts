import type { RefusedEnvelopeError } from "./envelope.js";

const said = new Set<string>();

/** Says on stderr that a message was refused; once for each reason, as an attacker may send many. */
export function sayRefused({ reason, message }: RefusedEnvelopeError): void {
  if (!said.has(reason)) {
    said.add(reason);
    console.error(`poolbook: refused a message from the cluster: ${message} (said once)`);
  }
}
