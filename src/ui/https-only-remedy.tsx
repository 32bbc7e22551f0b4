import { text } from '../core/text.ts';
import { CopyButton } from './copy-button.tsx';
import { Said, said } from './said.tsx';

/**
 * How to make an exception from Firefox's HTTPS-Only mode. It has to be for the extension's own address: Firefox
 * asks who makes a request, not where it goes (measured on Firefox 153).
 */
export function HttpsOnlyRemedy() {
  return (
    <ol>
      <li>{said(text('ui_https_only_settings', 'Open Firefox’s settings and search for “HTTPS-Only”.'))}</li>
      <li>{said(text('ui_https_only_exceptions', 'Press “Manage Exceptions…”.'))}</li>
      <li>
        <Said
          text={text('ui_https_only_address', 'Type this address: {address}', { address: location.origin })}
          marked={{ address: (words) => <code>{words}</code> }}
        />{' '}
        <CopyButton text={location.origin} label={said(text('ui_https_only_copy', 'Copy the address'))} />
      </li>
      <li>{said(text('ui_https_only_save', 'Press “Turn Off”, then “Save Changes”.'))}</li>
    </ol>
  );
}
