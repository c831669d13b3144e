import { randomUUID } from "node:crypto";
import type { Kernel, KernelMessage } from "@jupyterlab/services";

/** Sends `data`, a JSON value, as what a front end says to the kernel's side of a comm; a kernel that is gone hears nothing. */
export function sendComm(connection: Kernel.IKernelConnection, commId: string, data: unknown): void {
  if (connection.isDisposed || connection.status === "dead") {
    return;
  }
  const message: KernelMessage.ICommMsgMsg<"shell"> = {
    header: {
      msg_id: randomUUID(),
      msg_type: "comm_msg",
      session: connection.clientId,
      username: connection.username,
      date: new Date().toISOString(),
      version: "5.3",
    },
    parent_header: {},
    metadata: {},
    content: { comm_id: commId, data: JSON.parse(JSON.stringify(data)) },
    channel: "shell",
    buffers: [],
  };
  connection.sendShellMessage(message);
}
