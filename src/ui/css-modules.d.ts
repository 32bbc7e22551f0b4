/** The classes of a style sheet of its own, by the names that they have in there. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

/** A style sheet for a whole page. */
declare module '*.css';
