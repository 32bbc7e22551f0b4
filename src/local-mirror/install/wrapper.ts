/** The file that the shell of the system starts with the absolute path of Node, since browsers know a small PATH. */

/** For `/bin/sh`. Where that Node has gone, another one is looked for. */
export function shellWrapper(node: string, program: string): string {
  return [
    '#!/bin/sh',
    `node=${quoted(node)}`,
    `if [ ! -x "$node" ]; then`,
    '  PATH="$PATH:/usr/local/bin:/opt/homebrew/bin"',
    '  node=$(command -v node) || {',
    '    echo "Node is no longer there. Install it, and run the installation of the local mirror again." >&2',
    '    exit 127',
    '  }',
    'fi',
    `exec "$node" ${quoted(program)} native-host "$@"`,
    '',
  ].join('\n');
}

/** In single quotes, in which only the quote itself means something. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * For `cmd.exe`. The program lies beside it, so only the path of Node is written down: `%` doubled, and where it is not
 * ASCII the console is told that this file is UTF-8.
 */
export function batchWrapper(node: string, programName: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(node);
  return [
    '@echo off',
    'setlocal DisableDelayedExpansion',
    ...(isPlain ? [] : ['chcp 65001 >nul']),
    `set "node=${node.replaceAll('%', '%%')}"`,
    'if not exist "%node%" set "node=node"',
    `"%node%" "%~dp0${programName}" native-host %*`,
    '',
  ].join('\r\n');
}
