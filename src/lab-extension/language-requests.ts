import { type KernelConnection, KernelMessage } from "@jupyterlab/services";

/** A finding in a cell; offsets are in UTF-16 units. */
export interface Finding {
  start: number;
  end: number;
  code: number;
  message: string;
}

export type Question =
  | { question: "check"; cells: string[] }
  | { question: "inspect" | "signature"; cells: string[]; index: number; offset: number };

/** True of poolbook's kernel: others must not be asked. */
export async function answersLanguage(kernel: KernelConnection): Promise<boolean> {
  const { poolbook } = await kernel.info;
  return typeof poolbook === "object" && poolbook !== null && "language_requests" in poolbook;
}

/**
 * Asks the kernel on its control channel, which does not wait for a running cell. The kernel publishes no status for
 * this, so that the request never ends by itself; undefined when it was given up.
 */
export function ask(
  kernel: KernelConnection,
  question: Question,
): Promise<Record<string, unknown> | undefined> {
  const message = KernelMessage.createMessage({
    channel: "control",
    msgType: "poolbook_language_request",
    session: kernel.clientId,
    username: kernel.username,
    content: question,
  });
  return new Promise((resolve) => {
    const future = kernel.sendControlMessage(message, true, true);
    future.done.catch(() => resolve(undefined));
    future.onReply = ({ content }) => {
      resolve(content);
      future.dispose();
    };
  });
}

/** The findings of an answer to `check`, cell by cell. */
export function findingsOf(answer: Record<string, unknown> | undefined): Finding[][] {
  const cells = answer?.cells;
  return Array.isArray(cells) ? cells.map((cell) => (Array.isArray(cell) ? cell.filter(isFinding) : [])) : [];
}

function isFinding(value: unknown): value is Finding {
  return (
    typeof value === "object" && value !== null && "start" in value && "end" in value && "message" in value
  );
}
