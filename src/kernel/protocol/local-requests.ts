import type { JsonObject } from "../../jupyter/json-object.js";
import type { RoutedMessage } from "../../jupyter/message.js";
import type { ProtocolData } from "../shared/thread-messages.js";
import type { CommTable } from "./comm-table.js";
import type { History } from "./history/history.js";
import { kernelInfo } from "./kernel-info.js";

type Answer = JsonObject | undefined;

/** Answers a request that needs no cell: the content of the reply, or undefined for none. */
export type LocalRequests = (message: RoutedMessage) => Answer | Promise<Answer>;

export interface LocalParts {
  data: ProtocolData;
  comms: CommTable;
  history: History;
  interrupt(): void;
  end(): void;
}

export function localRequests({ data, comms, history, interrupt, end }: LocalParts): LocalRequests {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = data.connection;
  const answers: Record<string, LocalRequests> = {
    kernel_info_request: () => kernelInfo(data),
    history_request: ({ content }) => history.reply(content),
    comm_info_request: ({ content }) => comms.info(content.target_name),
    connect_request: () => ({ status: "ok", shell_port, iopub_port, stdin_port, control_port, hb_port }),
    interrupt_request: () => {
      interrupt();
      return { status: "ok" };
    },
    shutdown_request: ({ content }) => {
      end();
      return { status: "ok", restart: content.restart === true };
    },
  };
  return (message) => {
    const { msg_type } = message.header;
    return Object.hasOwn(answers, msg_type) ? answers[msg_type]?.(message) : undefined;
  };
}
