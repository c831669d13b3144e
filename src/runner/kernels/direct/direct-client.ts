import type { JsonObject } from "../../../jupyter/json-object.js";
import type { Execution, KernelClient, KernelMessage, ReplyContent } from "../kernel-client.js";
import type { ChannelMessage, KernelChannels } from "./kernel-channels.js";

interface Pending {
  reply?: ReplyContent;
  isIdle: boolean;
  resolve: (reply: ReplyContent) => void;
  onInput: () => void;
}

/** A client over the kernel's ZeroMQ sockets. */
export class DirectClient implements KernelClient {
  readonly info: Promise<object>;
  readonly #channels: KernelChannels;
  readonly #listeners = new Set<(message: KernelMessage) => void>();
  readonly #pending = new Map<string, Pending>();

  constructor(channels: KernelChannels, info: JsonObject) {
    this.info = Promise.resolve(info);
    this.#channels = channels;
    channels.onmessage = (message) => this.#receive(message);
  }

  listen(listener: (message: KernelMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  execute(content: JsonObject & { code: string }, metadata: JsonObject, onInput: () => void): Execution {
    const all = { silent: false, user_expressions: {}, stop_on_error: false, ...content };
    const request = this.#channels.request("shell", "execute_request", all, metadata);
    const reply = new Promise<ReplyContent>((resolve) => {
      this.#pending.set(request, { isIdle: false, resolve, onInput });
    });
    return { request, reply };
  }

  sendComm(commId: string, data: JsonObject): void {
    this.#channels.request("shell", "comm_msg", { comm_id: commId, data });
  }

  #receive({ channel, header, parent_header, content, buffers }: ChannelMessage): void {
    const { msg_type: type } = header;
    const { msg_id: request } = parent_header;
    const whole = { ...requiredFields[type], ...content };
    try {
      for (const listener of this.#listeners) {
        listener({ channel, type, request, content: whole, buffers });
      }
    } finally {
      this.#note(request ?? "", type, whole);
    }
  }

  /** Only a request of this client's own is waited for. */
  #note(request: string, type: string, content: JsonObject): void {
    const pending = this.#pending.get(request);
    if (!pending) {
      return;
    }
    if (type === "input_request") {
      pending.onInput();
    } else if (type === "execute_reply" && isReply(content)) {
      pending.reply = content;
    } else if (type === "status" && content.execution_state === "idle") {
      pending.isIdle = true;
    }
    if (pending.reply && pending.isIdle) {
      this.#pending.delete(request);
      pending.resolve(pending.reply);
    }
  }
}

/** Fields that kernels leave out. */
const requiredFields: Record<string, JsonObject> = {
  stream: { name: "stdout", text: "" },
  display_data: { data: {}, metadata: {} },
  execute_result: { data: {}, metadata: {}, execution_count: 0 },
  execute_input: { code: "", execution_count: 0 },
  error: { ename: "", evalue: "", traceback: [] },
  clear_output: { wait: false },
};

function isReply(content: JsonObject): content is JsonObject & ReplyContent {
  return typeof content.status === "string";
}
