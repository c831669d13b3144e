import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const zeromq: Record<"Publisher" | "Router", SocketClass> = require("zeromq");

interface SocketClass {
  prototype: { bind(address: string): Promise<void>; sendTimeout: number; sendHighWaterMark: number };
}

// zeromq delays one send in 512 and refuses the sends issued meanwhile, unless a send may not wait at all.
for (const { prototype } of [zeromq.Publisher, zeromq.Router]) {
  const { bind } = prototype;
  Object.defineProperty(prototype, "bind", {
    value(this: SocketClass["prototype"], address: string) {
      this.sendTimeout = 0;
      this.sendHighWaterMark = 0;
      return bind.call(this, address);
    },
  });
}

const { startKernel } = require("tslab/dist/main.js");
startKernel({ configPath: process.argv[2], enableFindLocal: false });
