/** What to try when a device does not come, most likely first: lines for a person. */
export function silenceAdvice(port: number, address: string, platform: NodeJS.Platform): string[] {
  return [
    "1. This computer's own firewall may keep it out.",
    ...firewallAdvice(port, platform).map((line) => `   ${line}`),
    '2. The Wi-Fi may keep its members apart ("client isolation", "AP isolation", a guest network).',
    '   Switch that off in the router, or bring both into the same ordinary network.',
    `3. The device may not reach ${address}. See that it is in the same network as this computer,`,
    '   and take another of the addresses above if there are several.',
  ];
}

function firewallAdvice(port: number, platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    return [
      'Windows asks about node.exe when it first listens: allow it for private networks. It asks only once;',
      'later: Settings > Privacy & security > Windows Security > Firewall & network protection >',
      'Allow an app through firewall > Node.js JavaScript Runtime, Private.',
    ];
  }
  if (platform === 'darwin') {
    return ['macOS: System Settings > Network > Firewall > Options: allow incoming connections for node.'];
  }
  return [
    `With ufw:       sudo ufw allow ${port}/tcp         (afterwards: sudo ufw delete allow ${port}/tcp)`,
    `With firewalld: sudo firewall-cmd --add-port=${port}/tcp   (lasts until it is reloaded)`,
  ];
}
