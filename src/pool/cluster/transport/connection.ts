import { Redis, type RedisOptions } from "ioredis";

/** Milliseconds without an answer to a command after which a connection counts as dead and is made anew. */
const longestSilence = 10_000;

const longestRetryDelay = 1000;

/** Names of errors that trying again does not mend. */
const hopeless = /WRONGPASS|NOAUTH|NOPERM|invalid username-password/;

export interface ConnectionOptions {
  readonly url: string;
  /** Lets the process end while it is open. */
  readonly isUnref?: boolean;
  /** Called with each error; without hope if trying again does not mend it. */
  onError?(error: Error, isHopeless: boolean): void;
}

/**
 * A connection to the broker that comes back by itself after any interruption: commands wait for that, and those that
 * were under way are sent again, so that they may be done twice.
 */
export function connect({ url, isUnref = false, onError }: ConnectionOptions): Redis {
  const options: RedisOptions = {
    maxRetriesPerRequest: null,
    connectionName: "poolbook",
    keepAlive: longestSilence,
    retryStrategy: (times) => Math.min(times * 50, longestRetryDelay),
    ...(!isUnref && { socketTimeout: longestSilence }),
  };
  const redis = new Redis(url, options);
  redis.on("error", (error: Error) => onError?.(error, hopeless.test(error.message)));
  if (isUnref) {
    unref(redis);
  }
  return redis;
}

/** ioredis has no way to say it: the socket is there once it connects, the timer while it waits to. */
function unref(redis: Redis): void {
  const letGo = () => {
    for (const name of ["stream", "reconnectTimeout"]) {
      const handle: unknown = Reflect.get(redis, name);
      if (typeof handle === "object" && handle !== null && "unref" in handle) {
        (handle as { unref(): void }).unref();
      }
    }
  };
  for (const event of ["connecting", "connect", "ready", "reconnecting"]) {
    redis.on(event, () => setImmediate(letGo).unref());
  }
}
