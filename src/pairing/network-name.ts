/** Whose Wi-Fi network a name is, as far as names tell. */
export type NetworkKind = 'itead' | 'final-stage' | 'tasmota' | 'esp' | 'other';

const patterns: readonly { readonly kind: NetworkKind; readonly pattern: RegExp }[] = [
  { kind: 'itead', pattern: /^ITEAD-[0-9A-Za-z]+$/i },
  // The second stage of SonOTA (sillyfrog/Espressif2Arduino).
  { kind: 'final-stage', pattern: /^FinalStage$/i },
  // `tasmota-XXXXXX-####` today, `tasmota_XXXXXX-####` and `sonoff-####` before (Tasmota, `my_user_config.h`).
  { kind: 'tasmota', pattern: /^(?:tasmota|sonoff)[-_][0-9A-Za-z]+(?:-\d+)?$/i },
  // What a bare ESP8266 calls itself: its firmware has not started (Tasmota#6358).
  { kind: 'esp', pattern: /^(?:ESP|AI-THINKER)_[0-9A-F]{6}$/i },
];

/** Whose Wi-Fi network `name` is. The one a jumper wants, `sonoffDiy`, is the person's own. */
export function networkKind(name: string): NetworkKind {
  const trimmed = name.trim();
  return patterns.find(({ pattern }) => pattern.test(trimmed))?.kind ?? 'other';
}

/** The Device ID in the name of a device's own network; null for any other name. */
export function deviceidIn(name: string): string | null {
  return /^ITEAD-([0-9A-Za-z]+)$/i.exec(name.trim())?.[1]?.toLowerCase() ?? null;
}
