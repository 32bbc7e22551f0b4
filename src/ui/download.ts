/** Hands `text` to the browser as a download of this name; it never leaves this computer. */
export function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click; a minute is long enough for a question where to save.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
