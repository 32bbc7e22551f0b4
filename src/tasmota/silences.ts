import { keysOf } from '../core/keys.ts';
import { type Text, type TextArgument, text } from '../core/text.ts';
import type { FoundNothing, Silence } from './found.ts';
import { patience } from './patience.ts';

type Row = readonly [said: (host: TextArgument) => Text, action: Text, source: string];

const network = text(
  'tasmota_check_power_and_network',
  'Check that the device has power. Then check that your computer is in the same network as the device.',
);
const wait = text('tasmota_wait_and_check', 'Wait ten seconds. Then check again.');
const again = text('tasmota_check_again', 'Check again whenever you like.');

const rows: Readonly<Record<Silence, Row>> = {
  refused: [
    (host) =>
      text(
        'tasmota_refused',
        'Something is at {host}, but no web server runs there. That is so while a device starts, and with an ESPHome that was built without a web server.',
        { host },
      ),
    wait,
    'a closed port',
  ],
  reset: [
    (host) =>
      text('tasmota_reset', 'Something is at {host}, but it breaks off the connection without an answer.', {
        host,
      }),
    wait,
    'Tasmota SetOption128',
  ],
  unreachable: [
    (host) =>
      text(
        'tasmota_unreachable',
        'Your computer finds no way to {host}: no device has this address in your network.',
        { host },
      ),
    network,
    'EHOSTUNREACH: nobody answers to the address (ARP)',
  ],
  'name-not-found': [
    (host) => text('tasmota_name_not_found', 'Your network does not know the name {host}.', { host }),
    text('tasmota_type_ip', 'Type the IP address of the device instead.'),
    'DNS or mDNS',
  ],
  'no-connection': [
    (host) =>
      text('tasmota_no_connection', 'Nothing answers at {host}, and your browser does not say why.', {
        host,
      }),
    network,
    'a browser may hide the reason of a failed fetch',
  ],
  'time-out': [
    (host) =>
      text('tasmota_time_out', 'Nothing answered at {host} within {span}.', {
        host,
        span: { span: patience },
      }),
    network,
    'tasmota/docs Getting-Started: a device is deaf while it searches for networks',
  ],
  'https-only': [
    (host) =>
      text(
        'tasmota_https_only',
        'Your browser turned the question to {host} into https, which no such device speaks. Nothing has reached it.',
        { host },
      ),
    text('tasmota_type_ip_https', 'Type the IP address of the device instead: that stays http.'),
    'measured on Firefox 153: names are turned into https, private addresses are not',
  ],
  cancelled: [
    (host) => text('tasmota_cancelled', 'You stopped the look at {host}.', { host }),
    again,
    'the person',
  ],
};

const isSilence = (why: string): why is Silence => Object.hasOwn(rows, why);

/**
 * No answer from `host`.
 *
 * @param fault why, in any words; what is no `Silence` is taken for `no-connection`
 */
export function nothingAt(host: TextArgument, fault: string): FoundNothing {
  // An answer without a byte: something is there, and gave up.
  const known = fault === 'empty-reply' ? 'reset' : fault;
  const why = isSilence(known) ? known : 'no-connection';
  const [said, action] = rows[why];
  return { kind: 'nothing', why, said: said(host), action, trouble: `look-${why}` };
}

/** Every silence, and where it is known from. */
export function everySilence(
  host: TextArgument,
): readonly { readonly found: FoundNothing; readonly source: string }[] {
  return keysOf(rows).map((why) => ({ found: nothingAt(host, why), source: rows[why][2] }));
}
