import { createRequire } from "node:module";
import { Publisher, Router } from "zeromq";

const require = createRequire(import.meta.url);

// zeromq delays one send in 512 and refuses the sends issued meanwhile, unless a send may not wait at all.
for (const socket of [Publisher, Router]) {
  const bind = socket.prototype.bind;
  socket.prototype.bind = function (this: InstanceType<typeof socket>, address: string) {
    this.sendTimeout = 0;
    this.sendHighWaterMark = 0;
    return bind.call(this, address);
  };
}

const { startKernel } = require("tslab/dist/main.js");
startKernel({ configPath: process.argv[2], enableFindLocal: false });
