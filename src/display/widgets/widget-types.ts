/** A trait has changed, from the kernel or from the front end. */
export interface Change<Traits, Name extends keyof Traits = keyof Traits> {
  readonly type: "change";
  readonly name: Name;
  readonly old: Traits[Name];
  readonly new: Traits[Name];
  readonly owner: Widget<Traits>;
}

export type ChangeHandler<Traits, Name extends keyof Traits = keyof Traits> = (
  change: Change<Traits, Name>,
) => unknown;

/** Takes what the widget's front end sends with `model.send(content, callbacks, buffers)`. */
export type MessageHandler = (content: unknown, buffers: readonly Uint8Array[]) => unknown;

export interface WidgetMethods<Traits> {
  /** The id of its comm, by which the front end knows its model. */
  readonly modelId: string;
  /** Sets several traits in one message. Throws as setting one does, and then sets none. */
  set(changes: Partial<Traits>): void;
  /**
   * Calls the handler after each change of the named traits, or of any. One that throws shows its error below the cell
   * that it was given in, and keeps nothing else from happening.
   */
  observe<Name extends keyof Traits>(
    handler: ChangeHandler<Traits, Name>,
    names?: Name | readonly Name[],
  ): void;
  /** Ends what `observe` with the same handler began. */
  unobserve<Name extends keyof Traits>(handler: ChangeHandler<Traits, Name>): void;
  /** Sends a message to the front end's `model.on("msg:custom", …)`. */
  send(content: unknown, buffers?: readonly (ArrayBuffer | ArrayBufferView)[]): void;
  onMsg(handler: MessageHandler): void;
  /** Takes the widget out of the front end. */
  close(): void;
}

/** Its traits are its properties: setting one tells the front end, and the front end sets them, too. */
export type Widget<Traits> = Traits & WidgetMethods<Traits>;
