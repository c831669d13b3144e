import type { ChannelMessage, KernelChannels } from "./kernel-channels.js";

/**
 * The WebSocket that @jupyterlab/services opens to a kernel, made of the kernel's ZeroMQ sockets. Messages pass as
 * objects: the serializer beside it is the identity.
 */
export function channelsWebSocket(channels: KernelChannels) {
  return class ChannelsWebSocket {
    readonly protocol = "";
    binaryType = "arraybuffer";
    onopen: (event: object) => void = () => {};
    onmessage: (event: { data: ChannelMessage }) => void = () => {};
    onclose: (event: object) => void = () => {};
    onerror: (event: object) => void = () => {};

    constructor() {
      channels.onmessage = (message) => this.onmessage({ data: withRequiredFields(message) });
      setImmediate(() => this.onopen({}));
    }

    send(message: ChannelMessage): void {
      channels.send(message);
    }

    close(): void {
      channels.onmessage = () => {};
    }
  };
}

const requiredFields: Record<string, Record<string, unknown>> = {
  stream: { name: "stdout", text: "" },
  display_data: { data: {}, metadata: {} },
  execute_result: { data: {}, metadata: {}, execution_count: 0 },
  execute_input: { code: "", execution_count: 0 },
  error: { ename: "", evalue: "", traceback: [] },
  clear_output: { wait: false },
};

/** Kernels leave out fields without which the library drops the message. */
function withRequiredFields(message: ChannelMessage): ChannelMessage {
  const content = { ...requiredFields[message.header.msg_type], ...message.content };
  return { ...message, content };
}
