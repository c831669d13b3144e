// @jupyterlab/services tells on the console of every connection and every change of a kernel's status.
const chatter = /^(Starting WebSocket: |Kernel: \w+ \(|Connection lost, reconnecting )/;

/** From now on the console keeps to itself what the library says of its own accord. */
function silence(method: "debug" | "warn"): void {
  const write = console[method];
  console[method] = (...data: unknown[]) => {
    if (!chatter.test(String(data[0]))) {
      write.apply(console, data);
    }
  };
}

silence("debug");
silence("warn");
