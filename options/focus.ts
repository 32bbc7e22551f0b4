/**
 * Puts the focus on the element `id` once what was changed is drawn: a person at the keyboard whose button has
 * just gone would otherwise start again at the top of the page.
 */
export function moveFocus(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
