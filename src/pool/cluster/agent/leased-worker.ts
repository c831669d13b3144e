import { randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import type { ThrownValue } from "../../wire/messages.cjs";
import type { Payload } from "../../wire/payload.cjs";
import { decode } from "../../wire/structured-clone.cjs";
import { takeApart } from "../../wire/thrown.cjs";
import { LocalSlot } from "../../workers/local/local-slot.js";
import type { SlotListener, TaskResult } from "../../workers/slot.js";
import type { SlotAccount } from "../protocol/agent-account.js";
import { type Envelope, Opener, RefusedEnvelopeError } from "../protocol/envelope.js";
import { lockHash } from "../protocol/lock-hash.js";
import type { Lease, SentBatch, Timed, ToAgent, ToClient, WorkerStart } from "../protocol/messages.js";
import { sayRefused } from "../protocol/refusals.js";
import type { SlotRequest } from "../protocol/request.js";
import { Outbox } from "../transport/outbox.js";
import type { AgentOptions } from "./agent-options.js";
import { receiveForClient } from "./receive-for-client.js";
import { type AgentPlace, withRemedy } from "./sources/missing-module.js";
import { OwnFiles } from "./sources/own-files.js";
import { OwnPaths } from "./sources/own-paths.js";
import type { SourceCache } from "./sources/source-cache.js";
import { startOptions } from "./start-options.js";
import { withStacks } from "./with-stacks.js";

/** Milliseconds that the broker gets to take the last message of a worker. */
const lastWordsGrace = 2000;

/** A worker that a pool has leased: runs its batches in a local slot, and tells it all that the slot tells. */
export class LeasedWorker {
  /** Resolves when it is over, and the pool was told. */
  readonly over: Promise<void>;
  readonly #request: SlotRequest;
  readonly #options: AgentOptions;
  readonly #opener: Opener;
  readonly #outbox: Outbox<ToClient>;
  #slot: LocalSlot<Payload> | undefined;
  readonly #files: OwnFiles;
  /** Messages that wait for files. */
  #held: ToAgent[] = [];
  #paths: OwnPaths | undefined;
  #hasOtherLock = false;
  #isBusy = false;
  #isClosing = false;
  #tasks = 0;
  #end!: () => void;

  constructor(
    request: SlotRequest,
    redis: Redis,
    inbox: string,
    options: AgentOptions & { cache: SourceCache },
  ) {
    this.#request = request;
    this.#options = options;
    this.#files = new OwnFiles(options.cache, options.folder, (hashes) => this.#send(["lacks", hashes]));
    this.over = new Promise<void>((resolve) => {
      this.#end = resolve;
    }).finally(() => this.#files.remove());
    const { pool, slot, client } = request;
    const lease = randomBytes(16).toString("hex");
    this.#opener = new Opener(options.key, { pool, slot, lease, to: "agent" });
    const onUnreachable = () => this.kill();
    const to = (name: string) => ({
      place: { pool, slot, lease: name, to: "client" } as const,
      inbox: client,
    });
    this.#outbox = new Outbox(redis, options.key, to(lease), onUnreachable);
    const opening: Lease = { lease, agent: inbox, host: options.host };
    void new Outbox<Lease>(redis, options.key, to(""), onUnreachable).send(opening);
  }

  get account(): SlotAccount {
    const { name, pool, host } = this.#request;
    const pid = this.#slot?.pid ?? 0;
    return { worker: name, pid, pool, client: host, tasks: this.#tasks, isBusy: this.#isBusy };
  }

  #ownThrown(thrown: ThrownValue): ThrownValue {
    const { host, folder } = this.#options;
    const place: AgentPlace = { host, folder, hasOtherLock: this.#hasOtherLock };
    return withStacks(withRemedy(thrown, place), (stack) => this.#paths?.there(stack) ?? stack);
  }

  #ownResults(results: readonly TaskResult<Payload>[]): readonly TaskResult<Payload>[] {
    return results.map((result) =>
      "thrown" in result ? { ...result, thrown: this.#ownThrown(result.thrown) } : result,
    );
  }

  /** Takes what the pool has sent. */
  receive(envelope: Envelope): void {
    try {
      const bytes = this.#opener.open(envelope);
      if (bytes) {
        const [, message] = decode(bytes) as Timed<ToAgent>;
        this.#takeInTurn(message);
      }
    } catch (error) {
      if (error instanceof RefusedEnvelopeError) {
        sayRefused(error);
      } else {
        this.#options.log(`${this.#request.name} of ${this.#request.host} is ended: ${error}`);
      }
      if (!(error instanceof RefusedEnvelopeError) || error.reason === "gap") {
        this.kill();
      }
    }
  }

  /** Ends it as soon as it has nothing to do. */
  drain(): void {
    this.#isClosing = true;
    if (!this.#slot) {
      this.#end();
    } else if (!this.#isBusy) {
      this.#slot.close();
    }
  }

  /** Ends it at once. */
  kill(): void {
    if (this.#slot) {
      this.#slot.kill();
    } else {
      this.#end();
    }
  }

  /** Messages after the name of a file wait for its content. */
  #takeInTurn(message: ToAgent): void {
    if (message[0] === "sources") {
      this.#files.take(message[1], message[2]);
    } else if (message[0] === "kill") {
      this.kill();
    } else {
      this.#held.push(message);
    }
    const ready = this.#files.isComplete ? this.#held.splice(0) : [];
    for (const held of ready) {
      this.#heed(held);
    }
  }

  #heed(message: ToAgent): void {
    switch (message[0]) {
      case "start":
        this.#start(message[1]);
        break;
      case "run":
        this.#run(message[1]);
        break;
      case "revoke":
        this.#slot?.revoke(false);
        break;
      case "abort":
        this.#slot?.abort(message[1]);
        break;
      case "close":
        this.drain();
    }
  }

  #start({ options, project, initializer: given, initargs }: WorkerStart): void {
    const paths = new OwnPaths(project, this.#files);
    this.#paths = paths;
    this.#hasOtherLock = project.lock !== lockHash(this.#options.folder);
    try {
      const initializer = given && {
        ...paths.settle(given.definition),
        needs: given.needs.map((need) => paths.settle(need)),
      };
      const execArgv = options.execArgv?.map((option) => paths.option(option));
      const own = startOptions({ ...options, execArgv }, this.#options);
      const initialization = { options: own, initializer, initargs };
      this.#slot = new LocalSlot(this.#request.name, initialization, this.#listener(), receiveForClient);
    } catch (error) {
      void this.#outbox.send(["failed", takeApart(error)]).then(() => this.#end());
      return;
    }
    this.#send(["born", this.#slot.pid]);
    this.#slot.started.then(
      ({ thrown }) => this.#send(["started", thrown && this.#ownThrown(thrown)]),
      (error) => this.#send(["failed", takeApart(error)]),
    );
  }

  /** A batch that comes when it is closing stays undone, which the pool learns from its end. */
  #run({ learn, forget, firstTicket, tasks }: SentBatch): void {
    const paths = this.#paths;
    if (!this.#slot || !paths || this.#isClosing) {
      return;
    }
    this.#isBusy = true;
    this.#tasks += tasks.length;
    this.#slot.run({
      functions: { learn: learn.map((definition) => paths.settle(definition)), forget },
      firstTicket,
      tasks: tasks.map(([number, id, kind, values, captured]) => {
        return { number, definition: { id }, kind, values, captured };
      }),
    });
  }

  #listener(): SlotListener<Payload> {
    return {
      onResults: (results) => this.#send(["results", this.#ownResults(results)]),
      onDone: (results) => {
        this.#isBusy = false;
        this.#send(["done", this.#ownResults(results)]);
        if (this.#isClosing) {
          this.#slot?.close();
        }
      },
      onStanding: (standing) => {
        this.#send(["standing", { ...standing, results: this.#ownResults(standing.results) }]);
      },
      onFatal: (thrown) => this.#send(["fatal", this.#ownThrown(thrown)]),
      onTaskOutput: (task, stream, text) => this.#send(["output", task, stream, text]),
      onReport: (task, value) => this.#send(["report", task, value]),
      onSignalUse: (task) => this.#send(["signal", task]),
      onOutput: (stream, text) => this.#send(["text", stream, text]),
      onExit: () => {},
      onGone: (end) => {
        const limit = setTimeout(() => this.#end(), lastWordsGrace);
        void this.#outbox.send(["gone", { ...end, results: this.#ownResults(end.results) }]).then(() => {
          clearTimeout(limit);
          this.#end();
        });
      },
    };
  }

  #send(message: ToClient): void {
    void this.#outbox.send(message);
  }
}
