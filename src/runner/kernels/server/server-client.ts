import { randomUUID } from "node:crypto";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { recordOf } from "../../../document/record.js";
import type { KernelClient } from "../kernel-client.js";

/** A client over a connection of @jupyterlab/services. */
export function serverClient(connection: Kernel.IKernelConnection): KernelClient {
  return {
    info: connection.info,
    listen(listener) {
      const hear = (_: Kernel.IKernelConnection, { msg, direction }: Kernel.IAnyMessageArgs): void => {
        if (direction === "recv") {
          const { channel, header, parent_header, content, buffers = [] } = msg;
          listener({
            channel,
            type: header.msg_type,
            ...("msg_id" in parent_header && { request: parent_header.msg_id }),
            content: recordOf(content),
            buffers: buffers.map(asView),
          });
        }
      };
      connection.anyMessage.connect(hear);
      return () => connection.anyMessage.disconnect(hear);
    },
    execute(content, metadata, onInput) {
      const future = connection.requestExecute(content, true, JSON.parse(JSON.stringify(metadata)));
      future.onStdin = onInput;
      return { request: future.msg.header.msg_id, reply: future.done.then((reply) => reply.content) };
    },
    sendComm(commId, data) {
      if (!connection.isDisposed && connection.status !== "dead") {
        connection.sendShellMessage(commMessage(connection, commId, data));
      }
    },
  };
}

function commMessage(
  { clientId, username }: Kernel.IKernelConnection,
  commId: string,
  data: object,
): KernelMessage.ICommMsgMsg<"shell"> {
  return {
    header: {
      msg_id: randomUUID(),
      msg_type: "comm_msg",
      session: clientId,
      username,
      date: new Date().toISOString(),
      version: "5.3",
    },
    parent_header: {},
    metadata: {},
    content: { comm_id: commId, data: JSON.parse(JSON.stringify(data)) },
    channel: "shell",
    buffers: [],
  };
}

function asView(buffer: ArrayBuffer | ArrayBufferView): ArrayBufferView {
  return ArrayBuffer.isView(buffer) ? buffer : new Uint8Array(buffer);
}
