/** What a line of PowerShell says: its command, and the values of its parameters as PowerShell would hand them on. */
export interface PowershellCommand {
  readonly command: string;
  readonly parameters: ReadonlyMap<string, string | ReadonlyMap<string, string>>;
}

/** In PowerShell every one of these begins, ends and doubles as a single quote (about_Quoting_Rules). */
const quotes = /['\u2018\u2019\u201a\u201b]/;

/** Reads one command with named parameters: words, texts in single quotes, and tables of them. Throws at all else. */
export function parsePowershell(line: string): PowershellCommand {
  let at = 0;
  const skip = () => {
    while (line[at] === ' ') at++;
  };
  const word = () => {
    const [found = ''] = /^[A-Za-z-]+/.exec(line.slice(at)) ?? [];
    if (found === '') throw new Error(`no word at ${at}: ${line}`);
    at += found.length;
    return found;
  };
  const quoted = () => {
    let value = '';
    for (at++; ; at++) {
      const sign = line[at];
      if (sign === undefined) throw new Error(`no end of quotes: ${line}`);
      if (!quotes.test(sign)) value += sign;
      else if (quotes.test(line[at + 1] ?? '')) value += line[at++];
      else break;
    }
    at++;
    return value;
  };
  const expect = (sign: string) => {
    skip();
    if (!line.startsWith(sign, at)) throw new Error(`no ${sign} at ${at}: ${line}`);
    at += sign.length;
    skip();
  };
  const table = () => {
    const rows = new Map<string, string>();
    expect('@{');
    while (line[at] !== '}') {
      if (rows.size > 0) expect(';');
      const name = quoted();
      expect('=');
      rows.set(name, quoted());
      skip();
    }
    at++;
    return rows;
  };
  const command = word();
  const parameters = new Map<string, string | ReadonlyMap<string, string>>();
  for (skip(); at < line.length; skip()) {
    if (line[at] !== '-') throw new Error(`no parameter at ${at}: ${line}`);
    const name = word();
    skip();
    const next = line[at] ?? '-';
    if (next === '-') parameters.set(name, '');
    else parameters.set(name, next === '@' ? table() : quotes.test(next) ? quoted() : word());
  }
  return { command, parameters };
}
