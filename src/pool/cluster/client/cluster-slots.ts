import type { FilledClusterOptions } from "../../cluster-options.js";
import type { FilledPoolOptions, WorkerOptions } from "../../options.js";
import { inheritedOptions } from "../../workers/local/inherited-options.js";
import { initializationOf } from "../../workers/local/initialization.js";
import type { SlotSource } from "../../workers/slot.js";
import { checkBrokerUrl } from "../protocol/address.js";
import { clusterKey } from "../protocol/cluster-key.js";
import { checkPeers } from "../transport/peers.js";
import type { ClusterClient } from "./cluster-client.js";
import { LeasedSlot } from "./leased-slot.js";

type ClusterSlotOptions = WorkerOptions & Pick<FilledPoolOptions, "initializer" | "initargs">;

/**
 * Makes slots that are leased from a cluster. What it takes to talk to one is loaded with the first slot. Throws an Error
 * that says what to do if a package or the key is missing or the broker is not safe, and as `initializationOf` does.
 */
export function clusterSlots(options: ClusterSlotOptions, cluster: FilledClusterOptions): SlotSource {
  checkBrokerUrl(cluster.url, cluster.insecure, "`insecure: true`");
  checkPeers();
  const key = clusterKey(cluster.keyFile);
  const execArgv = options.execArgv ?? inheritedOptions();
  const initialization = initializationOf({ ...options, execArgv });
  let client: Promise<ClusterClient> | undefined;
  const open = async () => {
    const { ClusterClient } = await import("./cluster-client.js");
    const made = new ClusterClient(cluster, key);
    try {
      await made.open();
    } catch (error) {
      await made.close();
      throw error;
    }
    return made;
  };
  return {
    make: (name, listener) => {
      client ??= open();
      return new LeasedSlot(name, initialization, listener, client);
    },
    release: async () => {
      const opened = client;
      client = undefined;
      await opened?.then((made) => made.close()).catch(() => {});
    },
  };
}
