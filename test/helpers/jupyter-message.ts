import type { Message } from "#dist/jupyter/message.js";
import type { Session } from "#dist/jupyter/session.js";

export interface JupyterMessage extends Omit<Message, "content"> {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into contents of many shapes.
  content: any;
}

/** Reads what a kernel has sent. Throws when it is malformed or signed wrongly. */
export function decodeMessage(frames: Buffer[], session: Session): JupyterMessage {
  const message = session.decode(frames);
  if (!message) {
    throw new Error("The kernel sent something malformed, or signed it wrongly");
  }
  return message;
}
