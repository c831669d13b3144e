import { now } from "../../wire/clock.cjs";

/** Looks at the lease in its time. */
const looksPerLease = 6;

/** Of a lease, the time without renewal after which its worker must be dead: before anybody takes it for lost. */
const deadlyShare = 2 / 3;

export interface KeptLease {
  /** Milliseconds that it lasts without renewal. */
  readonly duration: number;
  /** Rejects or tells false if it is lost. */
  renew(): Promise<boolean>;
  isClientAlive(): Promise<boolean>;
}

/** Renews a lease, and says once when it is over. Returns a function that ends it. */
export function keepLease(lease: KeptLease, onOver: (reason: string) => void): () => void {
  let lastRenewal = now();
  let isRenewing = false;
  let isOver = false;
  const stop = () => {
    isOver = true;
    clearInterval(timer);
  };
  const end = (reason: string) => {
    if (!isOver) {
      stop();
      onOver(reason);
    }
  };
  const renew = async () => {
    const asked = now();
    isRenewing = true;
    const [isKept, isAlive] = await Promise.all([lease.renew(), lease.isClientAlive()]);
    isRenewing = false;
    if (isKept) {
      lastRenewal = asked;
    }
    if (!isKept || !isAlive) {
      end(isKept ? "the pool has fallen silent" : "the lease was lost");
    }
  };
  const look = () => {
    if (now() - lastRenewal > lease.duration * deadlyShare) {
      end("the broker has fallen silent");
    } else if (!isRenewing) {
      renew().catch(() => {
        isRenewing = false;
      });
    }
  };
  const timer = setInterval(look, lease.duration / looksPerLease);
  look();
  return stop;
}
