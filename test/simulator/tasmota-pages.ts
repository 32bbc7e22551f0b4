interface PageParts {
  readonly version: string;
  readonly moduleName: string;
  readonly deviceName: string;
}

/** The main menu. */
export function mainPage(parts: PageParts): string {
  const buttons = ['cn', 'in', 'up', 'cs'].map((action) => `<form action='${action}' method='get'></form>`);
  return whole(parts, 'Main Menu', `<div id='l1' name='l1'></div>${buttons.join('')}`);
}

/** What the Wi-Fi manager shows: the networks it has found, and a form for one of them. */
export function configurationPage(parts: PageParts): string {
  const networks = `<div><a href='#p'>simulated</a></div><div><a href='/wi?scan='>Show more networks</a></div>`;
  const form = `<fieldset><form method='get' action='wi'><input id='s1'><input id='p1' type='password'></form></fieldset>`;
  return whole({ ...parts, moduleName: '' }, 'Configure WiFi', networks + form);
}

/** What the Wi-Fi manager shows when there is a web password. */
export function loginPage(parts: PageParts): string {
  const form = `<form method='post' action='/'><input name='USER1'><input name='PASS1' type='password'></form>`;
  return whole(parts, 'Configure WiFi', form);
}

/** Title, module, device name and foot stand on every page (HTTP_HEADER1, HTTP_HEAD_STYLE3, HTTP_END). */
function whole({ version, moduleName, deviceName }: PageParts, title: string, content: string): string {
  return `<!DOCTYPE html><html lang="en" class=""><head><meta charset='utf-8'><title>${deviceName} ${title}</title></head><body><h3>${moduleName}</h3><h2>${deviceName}</h2>${content}<div><a href='https://bit.ly/tasmota'>Tasmota ${version} by Theo Arends</a></div></body></html>`;
}
