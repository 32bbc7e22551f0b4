import { CopyButton } from './copy-button.tsx';

/**
 * How to make an exception from Firefox's HTTPS-Only mode. It has to be for the extension's own address: Firefox
 * asks who makes a request, not where it goes (measured on Firefox 153).
 */
export function HttpsOnlyRemedy() {
  return (
    <ol>
      <li>Open Firefox’s settings and search for “HTTPS-Only”.</li>
      <li>Press “Manage Exceptions…”.</li>
      <li>
        Type this address: <code>{location.origin}</code>{' '}
        <CopyButton text={location.origin} label="Copy the address" />
      </li>
      <li>Press “Turn Off”, then “Save Changes”.</li>
    </ol>
  );
}
