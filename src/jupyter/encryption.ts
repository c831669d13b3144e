import type { Connection, EncryptionKeys } from "./connection.js";

/** The options of a kernel's ZeroMQ sockets; none where the connection is not encrypted. */
export function serverEncryption({ encryption }: Connection) {
  return encryption === undefined ? {} : { curveServer: true, ...pair(encryption) };
}

/** The options of a client's ZeroMQ sockets, which have the kernel's own pair, as in jupyter_client. */
export function clientEncryption({ encryption }: Connection) {
  return encryption === undefined ? {} : { curveServerKey: encryption.curve_publickey, ...pair(encryption) };
}

function pair({ curve_publickey, curve_secretkey }: EncryptionKeys) {
  return { curvePublicKey: curve_publickey, curveSecretKey: curve_secretkey };
}
