export interface ServerOptions {
  /** The server's base URL: of a Jupyter server, a JupyterHub user's server or an Enterprise Gateway. */
  url: string;
  /** Sent in headers only, so that it stands in no log. Default: none. */
  token?: string;
}
