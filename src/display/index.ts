/** Things that notebooks show: `import { … } from "poolbook/display"`. */

export type {
  Comm,
  CommCallback,
  CommManager,
  CommMessage,
  CommOpenOptions,
  CommSendOptions,
  CommTarget,
} from "../jupyter/comm.js";
export { commManager, createComm } from "./comms/comms.js";
export { type ProgressOptions, progress, type TasksResult } from "./progress/track-progress.js";
export type { Displayed } from "./shown/displayed.js";
export { image } from "./shown/image.js";
export { json } from "./shown/json.js";
export { html, latex, md, svg, type Tag } from "./shown/tags.js";
export { hbox, vbox } from "./widgets/box.js";
export type { Layout } from "./widgets/controls/control-kind.js";
export {
  type NumberOptions,
  type NumberTraits,
  number,
  type ProgressBarOptions,
  type ProgressBarTraits,
  type SliderOptions,
  type SliderTraits,
  slider,
} from "./widgets/controls/numbers.js";
export { type Choices, type SelectOptions, type SelectTraits, select } from "./widgets/controls/select.js";
export {
  type Button,
  type ButtonOptions,
  type ButtonTraits,
  button,
  type CheckboxOptions,
  type CheckboxTraits,
  checkbox,
  type TextOptions,
  type TextTraits,
  text,
} from "./widgets/controls/simple-controls.js";
export { interact } from "./widgets/interact.js";
export type { Abbreviation, ControlValue } from "./widgets/interact-controls.js";
export { label } from "./widgets/label.js";
export { type WidgetSource, widget } from "./widgets/widget.js";
export type { Change, ChangeHandler, MessageHandler, Widget, WidgetMethods } from "./widgets/widget-types.js";
