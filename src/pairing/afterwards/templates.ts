import type { ModelId } from '../device-row.ts';

/** What tells Tasmota which pin does what in a model. */
export interface Template {
  readonly models: readonly ModelId[];
  /** As it is pasted into Tasmota 9.1 and later, which read pins in this notation (tasmota/docs Templates). */
  readonly json: string;
  readonly sources: readonly string[];
}

/** The templates that somebody has published for these very models. */
export const templates: readonly Template[] = [
  {
    models: ['basicr3'],
    json: '{"NAME":"Basic R3","GPIO":[32,1,0,1,0,0,1,1,224,320,0,0,1,0],"FLAG":0,"BASE":1}',
    sources: ['Tasmota TEMPLATES.md'],
  },
  {
    models: ['rfr3'],
    json: '{"NAME":"Sonoff RF","GPIO":[32,1,1,1,1,0,0,0,224,320,1,0,0,0],"FLAG":0,"BASE":2}',
    // TEMPLATES.md has it for the RF; that it fits the RFR3 is from the guide of cgomesu.com.
    sources: ['Tasmota TEMPLATES.md', 'cgomesu.com ota-tasmota-sonoff'],
  },
  {
    models: ['mini'],
    json: '{"NAME":"Sonoff Mini","GPIO":[32,0,0,0,160,0,0,0,224,320,0,0,1,0],"FLAG":0,"BASE":1}',
    sources: ['Tasmota TEMPLATES.md', 'blakadder sonoff_mini'],
  },
  {
    models: ['minir2'],
    json: '{"NAME":"Sonoff MINIR2","GPIO":[32,0,0,0,160,0,0,0,224,544,0,0,0,0],"FLAG":0,"BASE":1}',
    sources: ['Tasmota TEMPLATES.md'],
  },
  {
    models: ['d1'],
    json: '{"NAME":"Sonoff D1","GPIO":[1,3200,0,3232,0,0,0,0,0,320,0,0,0,0],"FLAG":0,"BASE":74}',
    sources: ['Tasmota TEMPLATES.md', 'blakadder sonoff_D1'],
  },
];

/** The template for `model`; null where none is known. */
export function templateFor(model: ModelId): Template | null {
  return templates.find(({ models }) => models.includes(model)) ?? null;
}
