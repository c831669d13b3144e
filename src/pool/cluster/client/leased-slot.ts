import { randomBytes } from "node:crypto";
import { now } from "../../wire/clock.cjs";
import type { Payload } from "../../wire/payload.cjs";
import { decode } from "../../wire/structured-clone.cjs";
import { putTogether, takeApart } from "../../wire/thrown.cjs";
import type { Initialization } from "../../workers/local/initialization.js";
import type { Slot, SlotBatch, SlotEnd, SlotListener, SlotStart } from "../../workers/slot.js";
import { type Envelope, type Opener, RefusedEnvelopeError } from "../protocol/envelope.js";
import type { Lease, Timed, ToAgent, ToClient, WorkerStart } from "../protocol/messages.js";
import { sayRefused } from "../protocol/refusals.js";
import type { Outbox } from "../transport/outbox.js";
import type { AskedSlot, SlotClient } from "./asked-slot.js";
import { ownResults, ownStanding } from "./payload-values.js";
import { lostEnd, withdrawnEnd } from "./slot-ends.js";
import { SourceSender } from "./sources/source-sender.js";

/** A slot on another machine: asked for, leased by an agent, and over. */
export class LeasedSlot implements Slot, AskedSlot {
  readonly id = randomBytes(16).toString("hex");
  readonly name: string;
  readonly started: Promise<SlotStart>;
  readonly gone: Promise<void>;
  pid = 0;
  host: string | undefined;
  readonly #initialization: Initialization;
  readonly #listener: SlotListener;
  #cluster: SlotClient | undefined;
  #opener: Opener | undefined;
  #outbox: Outbox<ToAgent> | undefined;
  #sources: SourceSender | undefined;
  /** By `now`; in the future until it is. */
  #leased = Number.POSITIVE_INFINITY;
  #isWithdrawn = false;
  #isOver = false;
  /** From the agent's clock to this one's, together with the shortest way that a message took. */
  #offset = Number.POSITIVE_INFINITY;
  #resolveStarted!: (start: SlotStart) => void;
  #rejectStarted!: (reason: unknown) => void;
  #resolveGone!: () => void;

  constructor(
    name: string,
    initialization: Initialization,
    listener: SlotListener,
    cluster: Promise<SlotClient>,
  ) {
    this.name = name;
    this.#initialization = initialization;
    this.#listener = listener;
    this.started = new Promise((resolve, reject) => {
      this.#resolveStarted = resolve;
      this.#rejectStarted = reject;
    });
    this.started.catch(() => {});
    this.gone = new Promise((resolve) => {
      this.#resolveGone = resolve;
    });
    cluster.then(
      (client) => this.#ask(client),
      (error) => this.fail(error),
    );
  }

  get isLeased(): boolean {
    return this.#outbox !== undefined;
  }

  get age(): number {
    return now() - this.#leased;
  }

  run({ functions: { learn, forget }, firstTicket, tasks }: SlotBatch): void {
    const sources = this.#sources;
    const sent = tasks.map(({ number, definition, kind, values, captured }) => {
      return [number, definition.id, kind, values, captured] as const;
    });
    const own = sources ? learn.map((definition) => sources.definition(definition)) : [];
    this.#send(["run", { learn: own, forget, firstTicket, tasks: sent }]);
  }

  revoke(): void {
    this.#send(["revoke"]);
  }

  abort(task: number): void {
    this.#send(["abort", task]);
  }

  close(): void {
    this.#send(["close"]);
  }

  kill(): void {
    if (this.isLeased) {
      this.#send(["kill"]);
    } else {
      this.withdraw();
    }
  }

  withdraw(): void {
    if (this.isLeased || this.#isWithdrawn) {
      return;
    }
    this.#isWithdrawn = true;
    if (!this.#cluster) {
      this.#end(withdrawnEnd);
      return;
    }
    this.#cluster.takeBack(this).then((isTaken) => {
      if (isTaken) {
        this.#end(withdrawnEnd);
      }
    });
  }

  fail(error: unknown): void {
    this.#rejectStarted(error);
    this.#end(withdrawnEnd);
  }

  onLost(): void {
    if (!this.#isOver) {
      this.#end(lostEnd);
      // Its agent may live, and would keep it for a pool that does not know it any more.
      this.#send(["kill"]);
    }
  }

  onRefused(reason: string | undefined): void {
    const error = new Error(reason ?? "No agent has the request for a worker any more");
    this.#listener.onFatal(takeApart(error));
    this.#end({ ...lostEnd, lastBegun: 0 });
  }

  /** Takes what the agent has sent. */
  receive(envelope: Envelope): void {
    try {
      const bytes = this.#opener?.open(envelope);
      if (!bytes || this.#isOver) {
        return;
      }
      const [sent, message] = decode(bytes) as Timed<Lease | ToClient>;
      this.#offset = Math.min(this.#offset, now() - sent);
      if ("lease" in message) {
        this.#begin(message);
      } else {
        this.#hear(message);
      }
    } catch (error) {
      if (!(error instanceof RefusedEnvelopeError)) {
        throw error;
      }
      sayRefused(error);
      if (error.reason === "gap") {
        this.onLost();
      }
    }
  }

  #ask(cluster: SlotClient): void {
    if (this.#isOver) {
      return;
    }
    this.#cluster = cluster;
    this.#opener = cluster.opener(this, "");
    cluster.ask(this);
  }

  #begin({ lease, agent, host }: Lease): void {
    if (this.isLeased || !this.#cluster) {
      return;
    }
    this.host = host;
    this.#leased = now();
    this.#opener = this.#cluster.opener(this, lease);
    this.#outbox = this.#cluster.outbox(this, { lease, inbox: agent });
    this.#sources = new SourceSender(this.#cluster.sourcesAt(agent), (message) => this.#send(message));
    this.#cluster.onLeased();
    this.#send(this.#isWithdrawn ? ["kill"] : ["start", this.#start(this.#sources)]);
  }

  #start(sources: SourceSender): WorkerStart {
    const { options, initargs } = this.#initialization;
    const initializer = sources.initializer(this.#initialization);
    return { options, project: sources.project, initializer, initargs };
  }

  #hear(message: ToClient): void {
    const listener = this.#listener;
    switch (message[0]) {
      case "lacks":
        this.#sources?.sendAgain(message[1]);
        break;
      case "born":
        this.pid = message[1];
        break;
      case "started":
        this.#resolveStarted({ thrown: message[1] });
        break;
      case "failed":
        this.#rejectStarted(putTogether(message[1]));
        break;
      case "results":
        listener.onResults(ownResults(message[1], this.#offset));
        break;
      case "done":
        listener.onDone(ownResults(message[1], this.#offset));
        break;
      case "standing":
        listener.onStanding(ownStanding(message[1], this.#offset));
        break;
      case "fatal":
        listener.onFatal(message[1]);
        break;
      case "output":
        listener.onTaskOutput(message[1], message[2], message[3]);
        break;
      case "report":
        listener.onReport(message[1], message[2]);
        break;
      case "signal":
        listener.onSignalUse(message[1]);
        break;
      case "text":
        listener.onOutput(message[1], message[2]);
        break;
      case "gone":
        this.#end(message[1]);
    }
  }

  #send(message: ToAgent): void {
    void this.#outbox?.send(message);
  }

  #end(end: SlotEnd<Payload>): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#cluster?.forget(this);
    this.#rejectStarted(new Error(`Worker ${this.name} was lost before it had started`));
    this.#listener.onExit();
    this.#listener.onGone(ownStanding(end, this.#offset));
    this.#resolveGone();
  }
}
