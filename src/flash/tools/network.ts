import { type Text, text } from '../../core/text.ts';

/** A Wi-Fi network. */
export interface Network {
  readonly ssid: string;
  readonly password: string;
}

/** Why no device can join a network of this name with this password, or null (IEEE 802.11: 32 bytes; WPA: 8 to 63). */
export function againstNetwork({ ssid, password }: Network): Text | null {
  const bytes = new TextEncoder().encode(ssid).length;
  if (bytes === 0) return text('flash_wifi_no_name', 'Type the name of the Wi-Fi network first.');
  if (bytes > 32)
    return text('flash_wifi_long_name', 'No Wi-Fi network has a name this long. Nothing has been sent.');
  if (password !== '' && !/^[\x20-\x7e]{8,63}$/.test(password))
    return text(
      'flash_wifi_password',
      'A Wi-Fi password has 8 to 63 characters, without accents or other special letters. Nothing has been sent.',
    );
  return null;
}
