/** Things that notebooks show: `import { … } from "poolbook/display"`. */

export type {
  Comm,
  CommCallback,
  CommManager,
  CommMessage,
  CommOpenOptions,
  CommSendOptions,
  CommTarget,
} from "../jupyter/comm.js";
export { commManager, createComm } from "./comms/comms.js";
