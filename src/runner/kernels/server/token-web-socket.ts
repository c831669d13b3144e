import type { ServerConnection } from "@jupyterlab/services";

type WebSocketClass = ServerConnection.ISettings["WebSocket"];

/** In Node a WebSocket takes headers, so the token need not stand in the URL. */
export function withToken(Socket: WebSocketClass, token: string): WebSocketClass {
  if (token === "") {
    return Socket;
  }
  const NodeSocket = Socket as unknown as new (
    url: string,
    protocols: string[],
    options: { headers: Record<string, string> },
  ) => WebSocket;
  return class extends NodeSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers: { Authorization: `token ${token}` } });
    }
  } as unknown as WebSocketClass;
}
