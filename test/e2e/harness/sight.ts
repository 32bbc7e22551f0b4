/**
 * Runs inside the page: finds what a person finds, by role and accessible name. Bundled by `sight-source.ts`;
 * it never changes the page, except for the selection and the scroll position.
 */
import { isInaccessible, queryAllByRole } from '@testing-library/dom';
import { computeAccessibleName, getRole } from 'dom-accessibility-api';
import type { Box } from './types.ts';

/** A name or text, in a form that survives JSON. */
export type WantedData = { readonly exact: string } | { readonly source: string; readonly flags: string };

/** An element, as it stands in the page right now. */
export interface Sighting {
  readonly name: string;
  readonly text: string;
  readonly enabled: boolean;
  readonly checked: boolean;
}

/** Where to click, or why not yet. */
export type Target = { readonly x: number; readonly y: number } | { readonly obstacle: string };

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

function matcher(wanted: WantedData): (text: string) => boolean {
  if ('exact' in wanted) {
    const exact = tidy(wanted.exact);
    return (text) => tidy(text) === exact;
  }
  const expression = new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, ''));
  return (text) => expression.test(tidy(text));
}

function find(role: string, name: WantedData | null): HTMLElement[] {
  const matches = name && matcher(name);
  // Testing Library knows no role for `summary`; browsers announce it as a button.
  const summaries =
    role === 'button' ? [...document.body.querySelectorAll<HTMLElement>('details > summary')] : [];
  return [...queryAllByRole(document.body, role), ...summaries].filter(
    (element) => !matches || matches(computeAccessibleName(element)),
  );
}

/** The text of an element as it is drawn. */
// biome-ignore lint/performance/useDomNodeTextContent: what is hidden, a person does not read.
const drawn = (element: HTMLElement): string => element.innerText;

function textOf(element: Element): string {
  if (element instanceof HTMLSelectElement) return tidy(element.selectedOptions[0]?.textContent ?? '');
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
  if (element instanceof HTMLProgressElement && element.hasAttribute('value')) return String(element.value);
  const value = element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow');
  if (value !== null) return value;
  return element instanceof HTMLElement ? tidy(drawn(element)) : tidy(element.textContent ?? '');
}

const isEnabled = (element: Element) =>
  !element.matches(':disabled') && element.closest('[aria-disabled="true"]') === null;

function isChecked(element: Element): boolean {
  if (element instanceof HTMLInputElement) return element.checked;
  const state = element.getAttribute('aria-checked') ?? element.getAttribute('aria-pressed');
  return state === 'true' || element.getAttribute('aria-selected') === 'true';
}

const fieldRoles = ['textbox', 'searchbox', 'combobox', 'spinbutton'];
const selectRoles = ['combobox', 'listbox'];

function findField(label: WantedData): HTMLElement[] {
  const matches = matcher(label);
  // What is typed unseen has no role.
  const unseen = [...document.querySelectorAll<HTMLElement>('input[type="password"]')].filter((element) =>
    matches(computeAccessibleName(element)),
  );
  return [...fieldRoles.flatMap((role) => find(role, label)), ...unseen].filter(
    (element) => !(element instanceof HTMLSelectElement),
  );
}

function findSelect(label: WantedData): HTMLSelectElement[] {
  return selectRoles
    .flatMap((role) => find(role, label))
    .filter((element) => element instanceof HTMLSelectElement);
}

const lastSeen = new WeakMap<Element, string>();

/** Answers with a position only for an element that a click would reach now. */
function target(elements: HTMLElement[], what: string, state: 'enabled' | 'any' = 'enabled'): Target {
  const [element, ...others] = elements;
  if (!element) return { obstacle: `there is no ${what}` };
  if (others.length > 0) return { obstacle: `there are ${elements.length} of ${what}` };
  if (state === 'enabled' && !isEnabled(element)) return { obstacle: `${what} is disabled` };
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const box = element.getBoundingClientRect();
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const position = `${x} ${y}`;
  // Something that moves would no longer be there when the click arrives.
  const moves = lastSeen.get(element) !== position;
  lastSeen.set(element, position);
  if (moves) return { obstacle: `${what} is still moving` };
  const hit = document.elementFromPoint(x, y);
  const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : [];
  const reaches = hit !== null && [element, ...labels].some((part) => part.contains(hit));
  if (!reaches) {
    return {
      obstacle: `${what} is covered by <${hit?.localName ?? 'nothing'} class="${hit?.className ?? ''}">`,
    };
  }
  return { x, y };
}

/** What stands beside a word: the description of a term, or the other cell of its row. */
function besides(label: WantedData): string[] {
  const matches = matcher(label);
  return [...document.querySelectorAll('dt, th')]
    .filter((term) => !isInaccessible(term) && matches(term.textContent ?? ''))
    .map((term) => term.nextElementSibling)
    .filter((value) => value !== null)
    .map(textOf);
}

function labelled(label: WantedData): string[] {
  const matches = matcher(label);
  return [
    ...document.querySelectorAll(
      'input, select, textarea, output, meter, progress, [aria-label], [aria-labelledby]',
    ),
  ]
    .filter((element) => !isInaccessible(element) && matches(computeAccessibleName(element)))
    .map(textOf);
}

const sight = {
  find: (role: string, name: WantedData | null): Sighting[] =>
    find(role, name).map((element) => ({
      name: computeAccessibleName(element),
      text: textOf(element),
      enabled: isEnabled(element),
      checked: isChecked(element),
    })),
  target: (role: string, name: WantedData, what: string, state?: 'enabled' | 'any'): Target =>
    target(find(role, name), what, state),
  box: (role: string, name: WantedData): Box | null => {
    const [element, ...others] = find(role, name);
    if (element === undefined || others.length > 0) return null;
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  },
  targetField: (label: WantedData, what: string): Target => target(findField(label), what),
  targetSelect: (label: WantedData, what: string): Target => target(findSelect(label), what),
  /** So that what is typed next takes the place of what is there. */
  selectAll: (): boolean => {
    const field = document.activeElement;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false;
    field.select();
    return true;
  },
  options: (label: WantedData): { text: string; index: number; chosen: boolean; enabled: boolean }[] =>
    findSelect(label)
      .flatMap((select) => [...select.options])
      .map((option) => ({
        text: tidy(option.textContent ?? ''),
        index: option.index,
        chosen: option.selected,
        enabled: !option.disabled,
      })),
  read: (label: WantedData): string[] => {
    const controls = labelled(label);
    return controls.length > 0 ? controls : besides(label);
  },
  text: (): string => drawn(document.body),
  sees: (wanted: WantedData): boolean => {
    const text = tidy(drawn(document.body));
    if ('exact' in wanted) return text.includes(tidy(wanted.exact));
    return matcher(wanted)(text);
  },
  focused: (): { role: string; name: string } => {
    const element = document.activeElement;
    if (!element || element === document.body) return { role: 'document', name: '' };
    return { role: getRole(element) ?? element.localName, name: computeAccessibleName(element) };
  },
  size: () => ({
    width: innerWidth,
    height: innerHeight,
    contentWidth: document.documentElement.scrollWidth,
    contentHeight: document.documentElement.scrollHeight,
  }),
  scheme: () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  url: (): string => location.href,
  ready: (): boolean => document.readyState === 'complete' && document.body !== null,
};

/** What the page's side offers to the test's side. */
export type Sight = typeof sight;

Object.assign(globalThis, { [Symbol.for('harness.sight')]: sight });
