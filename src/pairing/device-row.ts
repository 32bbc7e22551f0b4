import type { Text } from '../core/text.ts';

/** The models that the table knows. */
export type ModelId =
  | 'basicr3'
  | 'rfr3'
  | 'mini'
  | 'minir2'
  | 'd1'
  | 'bulbs'
  | 'minir3'
  | 'dualr3'
  | 'spm'
  | 'minir4'
  | 'minir4m'
  | 'basicr4'
  | 's60'
  | 'basic'
  | 'th'
  | 'pow'
  | 'multi'
  | 's26';

/**
 * What is known of a model and Tasmota over the air. `works`: many have done it. `reported`: somebody says so.
 * `refused`: it would be destroyed, or cannot download. `other-road`: it has no DIY mode.
 */
export type Standing = 'works' | 'reported' | 'refused' | 'other-road';

/** Models that take the same way through the tree of roads. */
export type ModelGroup = 'diy' | 'bulb' | 'esp32' | 'without-diy';

/** What is known of a model, or of several that behave alike. */
export interface DeviceRow {
  readonly id: ModelId;
  /** As it is printed on the device. */
  readonly name: string;
  readonly chip: string;
  readonly group: ModelGroup;
  readonly standing: Standing;
  readonly note: Text;
  readonly sources: readonly string[];
}
