import { checkBrokerUrl } from "../../../pool/cluster/protocol/address.js";
import type { AgentAccount } from "../../../pool/cluster/protocol/agent-account.js";
import { checkPeers } from "../../../pool/cluster/transport/peers.js";
import { asUsage } from "../../options/usage-error.js";

const mebibyte = 2 ** 20;

/** Writes the state of the cluster to stdout. */
export async function showStatus(url: string, asJson: boolean): Promise<void> {
  asUsage(() => {
    checkBrokerUrl(url, true, "");
    checkPeers();
  });
  const { clusterStatus } = await import("../../../pool/cluster/status/cluster-status.js");
  const status = await clusterStatus(url);
  if (asJson) {
    console.log(JSON.stringify(status, null, 2));
    return;
  }
  const { agents, protocol, waiting } = status;
  const taken = agents.reduce((sum, { slots }) => sum + slots.length, 0);
  const all = agents.reduce((sum, { processes }) => sum + processes, 0);
  console.log(
    `${agents.length} ${agents.length === 1 ? "agent" : "agents"}, ${taken} of ${all} workers taken, ${waiting} waited for`,
  );
  for (const agent of agents) {
    console.log(agentLine(agent, protocol));
    for (const { worker, client, pid, tasks, isBusy } of agent.slots) {
      console.log(`  ${worker} of ${client}: PID ${pid}, ${tasks} tasks, ${isBusy ? "busy" : "idle"}`);
    }
  }
}

function agentLine(agent: AgentAccount, protocol: number): string {
  const { host, pid, slots, processes, poolbook, node, memory } = agent;
  const notes = [
    ...(agent.isDraining ? ["draining"] : []),
    ...(agent.protocol === protocol
      ? []
      : [`protocol ${agent.protocol}, here ${protocol}: not for pools of this version`]),
  ];
  const facts = `${slots.length} of ${processes} workers, ${Math.round(memory / mebibyte)} MiB, poolbook ${poolbook}, Node ${node}`;
  return `${host} (PID ${pid}): ${[facts, ...notes].join(", ")}`;
}
