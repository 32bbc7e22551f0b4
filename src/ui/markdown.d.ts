/** Texts that the build puts into the pages as they are. */
declare module '*.md' {
  const text: string;
  export default text;
}
