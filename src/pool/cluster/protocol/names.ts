/** Changes when agents and pools of the version before cannot talk to those of this one. */
export const protocol = 2;

/** All names in the broker begin with it. */
export const prefix = "poolbook";

/** The queue of the jobs that ask for a slot. */
export const slotQueue = `poolbook-${protocol}-slots`;

/** The stream of the messages to an agent or a client. */
export function inboxOf(id: string): string {
  return `${prefix}:${protocol}:inbox:${id}`;
}

/** Is there as long as the client is alive. */
export function lifeOf(client: string): string {
  return `${prefix}:${protocol}:life:${client}`;
}

/** Says for a while why an agent did not take a slot. */
export function refusalOf(slot: string): string {
  return `${prefix}:${protocol}:refusal:${slot}`;
}

/** An agent's account of itself, for any version. */
export function agentKey(id: string): string {
  return `${prefix}:agents:${id}`;
}

/** Is there as long as an agent keeps the slot; BullMQ's name for the lock of a job. */
export function lockOf(slot: string): string {
  return `${jobKey(slot)}:lock`;
}

export function jobKey(slot: string): string {
  return `${prefix}:${slotQueue}:${slot}`;
}

/** A broker's URL as it may be shown: without the password. */
export function shownUrl(url: string): string {
  const { protocol: scheme, host, pathname } = new URL(url);
  return `${scheme}//${host}${pathname === "/" ? "" : pathname}`;
}
