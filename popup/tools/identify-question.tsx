import { text } from '../../src/core/text.ts';
import { said } from '../../src/ui/said.tsx';
import type { DeviceInfo } from '../../src/zeroconf/device/device-info.ts';
import { QuestionDialog } from '../question-dialog.tsx';

/** Asks before the relay clicks: whatever hangs on it gets the mains for a moment. */
export function IdentifyQuestion({
  info,
  host,
  answer,
}: {
  readonly info: DeviceInfo;
  readonly host: string;
  readonly answer: (yes: boolean) => void;
}) {
  return (
    <QuestionDialog
      title={said(text('popup_identify_title', 'Click the relay of {host}?', { host }))}
      yes={said(text('popup_identify_yes', 'Click it twice'))}
      ready
      answer={(which) => answer(which === 'yes')}
    >
      <p>
        <strong>
          {said(
            text(
              'popup_identify_mains',
              'Whatever is connected to the device is switched, with mains voltage.',
            ),
          )}
        </strong>
      </p>
      <p>
        {said(
          text(
            'popup_identify_load',
            'Take off whatever must not be switched: a motor, a heater, a door. After a second it is as it was.',
          ),
        )}
      </p>
      {info.pulse === 'on' && (
        <p>
          {said(
            text(
              'popup_identify_inching',
              'Inching is on: the relay also goes off by itself after its time.',
            ),
          )}
        </p>
      )}
    </QuestionDialog>
  );
}
