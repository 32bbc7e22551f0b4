import { keysOf } from '../core/keys.ts';
import { type Text, type TextArgument, text } from '../core/text.ts';
import type { FoundEsphome, FoundOther, FoundTasmota } from './found.ts';
import type { Details } from './status.ts';

/** Tasmota at `host`, by what it said. */
export function tasmotaAt(
  host: string,
  state: FoundTasmota['state'],
  { hasNoNetwork: _, ...details }: Details,
): FoundTasmota {
  return { kind: 'tasmota', state, ...details, said: tasmotaSays[state](host, nameOf(details)) };
}

/** ESPHome at `host`. */
export function esphomeAt(host: string, state: FoundEsphome['state'], name: string | null): FoundEsphome {
  const called =
    name === null
      ? text('tasmota_esphome', 'ESPHome')
      : text('tasmota_esphome_named', 'ESPHome ("{name}")', { name });
  return { kind: 'esphome', state, name, said: esphomeSays[state](host, called) };
}

/** Another web server at `host`. */
export function otherAt(
  host: TextArgument,
  { shows, server, title }: Pick<FoundOther, 'shows' | 'server' | 'title'>,
): FoundOther {
  const [said, action] = otherSays[shows](host, server, title);
  return { kind: 'other', shows, server, title, said, action, trouble: `look-other-${shows}` };
}

/** Every way in which another web server shows itself, and where it is known from. */
export function everyOther(host: TextArgument): readonly FoundOther[] {
  return keysOf(otherSays).map((shows) => otherAt(host, { shows, server: null, title: null }));
}

function nameOf({ version, variant }: Pick<Details, 'version' | 'variant'>): Text {
  if (version === null) return text('tasmota_tasmota', 'Tasmota');
  return variant === null
    ? text('tasmota_with_version', 'Tasmota {version}', { version })
    : text('tasmota_with_variant', 'Tasmota {version} ({variant})', { version, variant });
}

type Says = (host: string, name: Text) => Text;

const running: Says = (host, name) => text('tasmota_runs', '{name} runs at {host}.', { host, name });
const setup: Says = (host, name) =>
  text('tasmota_setup', '{name} runs at {host}. It does not know your Wi-Fi yet.', { host, name });
const locked: Says = (host, name) =>
  text('tasmota_locked', '{name} runs at {host}. A password keeps it from saying more about itself.', {
    host,
    name,
  });

const tasmotaSays: Readonly<Record<FoundTasmota['state'], Says>> = { running, setup, locked };
const esphomeSays: Readonly<Record<FoundEsphome['state'], Says>> = { running, setup };

const compareAddress = text(
  'tasmota_compare_address',
  'Compare the address with the one that your router shows for the device.',
);
const openPage = text('tasmota_open_page', 'Open the address in a browser tab to see what it is.');

type OtherSays = (
  host: TextArgument,
  server: string | null,
  title: string | null,
) => readonly [said: Text, action: Text];

const otherSays: Readonly<Record<FoundOther['shows'], OtherSays>> = {
  page: (host, server, title) => [otherPage(host, server, title), compareAddress],
  password: (host, server) => [
    server === null
      ? text(
          'tasmota_other_password',
          'What answers at {host} asks for a password before it says what it is. It may be ESPHome, or another device.',
          {
            host,
          },
        )
      : text(
          'tasmota_other_password_server',
          'What answers at {host} ("{server}") asks for a password before it says what it is. It may be ESPHome, or another device.',
          { host, server },
        ),
    openPage,
  ],
  redirect: (host) => [
    text(
      'tasmota_other_redirect',
      'What answers at {host} sends everybody on to another page, as routers do. Tasmota and ESPHome do not.',
      { host },
    ),
    openPage,
  ],
};

function otherPage(host: TextArgument, server: string | null, title: string | null): Text {
  if (title !== null && server !== null) {
    return text(
      'tasmota_other_title_server',
      'Another web server answers at {host}: its page is called "{title}", and it names itself "{server}".',
      { host, title, server },
    );
  }
  if (title !== null) {
    return text(
      'tasmota_other_title',
      'Another web server answers at {host}: its page is called "{title}".',
      {
        host,
        title,
      },
    );
  }
  if (server !== null) {
    return text('tasmota_other_server', 'Another web server answers at {host}: it names itself "{server}".', {
      host,
      server,
    });
  }
  return text(
    'tasmota_other_nameless',
    'A web server answers at {host}, but not as Tasmota or ESPHome do, and it does not say what it is.',
    { host },
  );
}
