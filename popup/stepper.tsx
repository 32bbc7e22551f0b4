import type { ShownRun } from '../src/flash/run/device-run.ts';
import { type Stage, stageOf } from '../src/flash/run/stage.ts';
import type { FirmwareSource } from '../src/flash/source/firmware-source.ts';
import type { Step } from '../src/flash/step.ts';

type Look = 'waiting' | 'working' | 'done' | 'trouble';

const words: Record<Look, string> = {
  waiting: 'not done yet',
  working: 'under way',
  done: 'done',
  trouble: 'needs attention',
};

/** Which of the five steps a run is at. */
const stepOf: Record<Stage, string> = {
  device: 'Device',
  unlock: 'Unlock',
  image: 'Firmware',
  mirror: 'Firmware',
  ready: 'Flash',
  requested: 'Flash',
  downloading: 'Flash',
  restarting: 'Verify',
  verified: 'Verify',
  failed: 'Flash',
};

/** The five steps and how far each has come. */
export function Stepper({ run, source }: { readonly run: ShownRun; readonly source: FirmwareSource }) {
  const steps: readonly [string, Look][] = [
    ['Device', lookOf(run.device.state)],
    ['Unlock', unlockLook(run)],
    ['Firmware', firmwareLook(source)],
    ['Flash', flashLook(run)],
    ['Verify', verifyLook(run)],
  ];
  const current = stepOf[stageOf(run, source)];
  return (
    <ol class="stepper" aria-label="Steps">
      {steps.map(([name, look]) => (
        <li key={name} class={`step ${look}`} {...(name === current ? { 'aria-current': 'step' } : {})}>
          <span class="step-dot" aria-hidden="true" />
          {name}
          <span class="visually-hidden">: {words[look]}</span>
        </li>
      ))}
    </ol>
  );
}

function lookOf(state: Step<unknown>['state']): Look {
  return state === 'idle' ? 'waiting' : state === 'failed' ? 'trouble' : state;
}

function unlockLook({ device, unlock }: ShownRun): Look {
  if (device.state === 'done' && device.value.otaUnlock === true) return 'done';
  return unlock.state === 'done' ? 'waiting' : lookOf(unlock.state);
}

function firmwareLook({ image, mirror }: FirmwareSource): Look {
  if (image.state !== 'done') return lookOf(image.state);
  if (image.value.report.answer === 'fail') return 'trouble';
  if (mirror.state === 'done') return mirror.value.answer === 'fail' ? 'trouble' : 'done';
  return lookOf(mirror.state);
}

function flashLook({ flash }: ShownRun): Look {
  switch (flash.stage) {
    case 'idle':
      return 'waiting';
    case 'checking':
    case 'requested':
    case 'downloading':
      return 'working';
    case 'restarting':
      return 'done';
    case 'ended':
      return flash.outcome.kind === 'flashed' || flash.outcome.kind === 'probably-flashed'
        ? 'done'
        : 'trouble';
  }
}

function verifyLook({ flash }: ShownRun): Look {
  if (flash.stage === 'restarting') return 'working';
  if (flash.stage !== 'ended') return 'waiting';
  if (flash.outcome.kind === 'flashed') return 'done';
  // It cannot be verified from here, which is nobody's fault.
  return flash.outcome.kind === 'probably-flashed' ? 'waiting' : 'trouble';
}
