import { isIP } from "node:net";

/**
 * Checks the URL of a broker. Throws a TypeError for anything but `redis://` and `rediss://`; an Error off this machine
 * without password and TLS, unless that is said to be wanted (`isInsecure`): who can write there can have the agents
 * run nothing, thanks to the key, but reads all that is sent.
 */
export function checkBrokerUrl(url: string, isInsecure: boolean, wayOut: string): void {
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    throw new TypeError(
      `Expected the URL of a broker to be \`redis://host:port\` or \`rediss://…\`, got ${JSON.stringify(url)}`,
    );
  }
  const { protocol, password, hostname } = new URL(url);
  if (isInsecure || isLoopback(hostname)) {
    return;
  }
  const missing = [
    ...(password === "" ? ["password"] : []),
    ...(protocol === "rediss:" ? [] : ["TLS (rediss://)"]),
  ];
  if (missing.length > 0) {
    throw new Error(
      `The broker at ${hostname} is on another machine and its URL has no ${missing.join(" and no ")}; ` +
        `where nobody else can listen, say ${wayOut}`,
    );
  }
}

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  return address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}
