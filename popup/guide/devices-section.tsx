import { text } from '../../src/core/text.ts';
import { devices, standings } from '../../src/pairing/devices.ts';
import { Said, said } from '../../src/ui/said.tsx';
import tableStyles from '../../src/ui/table.module.css';
import { Sources } from './sources.tsx';
import styles from './standing.module.css';

const columns = {
  chip: text('guide_devices_chip', 'Chip'),
  standing: text('guide_devices_standing', 'By DIY mode'),
  note: text('guide_devices_note', 'What is known'),
};

/** Which models work, which are refused, and where that is known from. */
export function DevicesSection() {
  return (
    <table class={tableStyles.table}>
      <thead>
        <tr>
          <th scope="col">
            <Said text={text('guide_devices_model', 'Model')} />
          </th>
          {Object.entries(columns).map(([id, title]) => (
            <th scope="col" key={id}>
              <Said text={title} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {devices.map(({ id, name, chip, standing, note, sources }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td data-column={said(columns.chip)}>{chip}</td>
            <td data-column={said(columns.standing)}>
              <span class={`${styles.standing} ${styles[standing]}`}>
                <Said text={standings[standing].title} />
              </span>
            </td>
            <td data-column={said(columns.note)}>
              <Said text={note} />
              <Sources sources={sources} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
