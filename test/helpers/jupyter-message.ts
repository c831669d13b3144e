import { createHmac, randomUUID } from "node:crypto";

export interface JupyterMessage {
  header: {
    msg_id: string;
    msg_type: string;
    session: string;
    version: string;
    username: string;
    date: string;
  };
  parent_header: { msg_id?: string };
  metadata: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into contents of many shapes.
  content: any;
}

const delimiter = "<IDS|MSG>";

/** The frames of a message as a front end sends them. */
export function encodeMessage(
  type: string,
  content: object,
  { session, key, id = randomUUID() }: { session: string; key: string; id?: string },
): { id: string; frames: string[] } {
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: "test",
    date: new Date().toISOString(),
    version: "5.4",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return { id, frames: [delimiter, sign(parts, key), ...parts] };
}

export function sign(parts: (string | Buffer)[], key: string): string {
  const hmac = createHmac("sha256", key || "unused");
  for (const part of parts) {
    hmac.update(part);
  }
  return key === "" ? "" : hmac.digest("hex");
}

export function decodeMessage(frames: Buffer[], key: string): JupyterMessage {
  const start = frames.findIndex((frame) => frame.toString() === delimiter);
  const [signature, ...parts] = frames.slice(start + 1);
  if (signature?.toString() !== sign(parts.slice(0, 4), key)) {
    throw new Error("The kernel signed a message wrongly");
  }
  const [header, parent_header, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
  return { header, parent_header, metadata, content };
}
