import { text } from '../../src/core/text.ts';
import type { HandRequest } from '../../src/flash/tools/tool-states.ts';
import { MoreAbout } from '../../src/ui/more-about.tsx';
import { said } from '../../src/ui/said.tsx';
import { devicePort } from '../../src/zeroconf/device/address.ts';
import styles from './tools.module.css';

/** One request, and beside it what came back. */
export function HandRequestRow({
  request,
  useAgain,
}: {
  readonly request: HandRequest;
  /** Puts it back into the fields, to be sent again or changed. */
  readonly useAgain: () => void;
}) {
  const { host, command, body } = request;
  return (
    <li class={styles.request}>
      <div class="stack">
        <pre class="mono">
          POST http://{host}:{devicePort}/zeroconf/{command}
          {`\n\n${body}`}
        </pre>
        <div class="row">
          <button type="button" onClick={useAgain}>
            {said(text('popup_hand_again', 'Use again'))}
          </button>
        </div>
      </div>
      <RawReplyOf step={request.step} />
    </li>
  );
}

function RawReplyOf({ step }: Pick<HandRequest, 'step'>) {
  if (step.state === 'working')
    return <p role="status">{said(text('popup_hand_waiting', 'Waiting for a reply…'))}</p>;
  if (step.state === 'failed')
    return (
      <div role="status">
        <p>{said(step.failure.sentence)}</p>
        <p>
          {said(step.failure.action)} <MoreAbout trouble={step.failure.trouble} />
        </p>
      </div>
    );
  const { status, statusText, headers, body, cut, ms } = step.value;
  const head = headers.map(([name, value]) => `${name}: ${value}\n`).join('');
  return (
    <div class="stack" role="status">
      <pre class="mono">{`HTTP ${status} ${statusText}\n${head}\n${body}`}</pre>
      <p class="hint">
        {said(text('popup_hand_took', 'It took {time}.', { time: { span: Math.round(ms) } }))}
        {cut && ` ${said(text('popup_hand_cut', 'There was more, which is not shown.'))}`}
      </p>
    </div>
  );
}
