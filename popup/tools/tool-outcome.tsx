import { type Text, text } from '../../src/core/text.ts';
import type { ToolName, ToolState } from '../../src/flash/tools/tool-states.ts';
import { FailureNote } from '../../src/ui/failure-note.tsx';
import { said } from '../../src/ui/said.tsx';

const working: Readonly<Record<ToolName, Text>> = {
  identify: text('popup_tools_clicking', 'Clicking the relay…'),
  signal: text('popup_tools_measuring', 'Measuring the signal…'),
  wifi: text('popup_tools_moving', 'Telling the device its new Wi-Fi…'),
  startup: text('popup_tools_storing', 'Storing the setting…'),
  pulse: text('popup_tools_storing', 'Storing the setting…'),
};

/** What came of a tool. */
export function ToolOutcome({ state: { tool, step } }: { readonly state: ToolState }) {
  if (step.state === 'failed') return <FailureNote failure={step.failure} />;
  if (step.state === 'working')
    return (
      <p class="note" role="status">
        {said(working[tool])}
      </p>
    );
  const { sentence, action } = step.value;
  return (
    <div class="note good" role="status">
      <p>{said(sentence)}</p>
      {action !== null && <p>{said(action)}</p>}
    </div>
  );
}
