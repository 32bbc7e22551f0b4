/** The package's own declarations lie where its `exports` do not lead: what we use of it. */
declare module 'dom-accessibility-api' {
  export function computeAccessibleName(element: Element): string;
  export function getRole(element: Element): string | null;
}
