// The door to @jupyterlab/services: the build makes one file of this and of what it needs.
import "./library-chatter.js";

export { KernelAPI, KernelSpecAPI, ServerConnection } from "@jupyterlab/services";
export { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
