import type { View } from './harness/launch.ts';

/** Presses Tab until the focus is where it is wanted, as a person without a mouse does. */
export async function tabTo(view: View, role: string, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const focused = await view.focused();
    passed.push(focused.name);
    const isName = name instanceof RegExp ? name.test(focused.name) : focused.name === name;
    if (focused.role === role && isName) return;
    await view.press('Tab');
  }
  throw new Error(`${role} ${String(name)} cannot be reached with Tab, only ${passed.join(', ')}`);
}
