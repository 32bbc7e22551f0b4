import { readFile, writeFile } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';
import { ensureBrowser } from './browsers.ts';

/** Draws the PNG icons from `src/ui/icons/icon.svg`; run it after changing the drawing and commit the result. */
const sizes = [16, 32, 48, 128];
const drawings = [
  { name: 'icon', tile: '#0f5f8c', glyph: '#ffffff' },
  { name: 'icon-on-dark', tile: '#7cc4ee', glyph: '#0b2a3d' },
];

const svg = await readFile('src/ui/icons/icon.svg', 'utf8');
const executablePath = await ensureBrowser('chromium');
const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const { name, tile, glyph } of drawings) {
  const colored = svg.replace('#0f5f8c', tile).replace('#ffffff', glyph);
  for (const size of sizes) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${colored}`,
    );
    await writeFile(
      `src/ui/icons/${name}-${size}.png`,
      await page.screenshot({ omitBackground: true, type: 'png' }),
    );
  }
}
await browser.close();
