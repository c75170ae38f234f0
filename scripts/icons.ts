/**
 * Draws the application's icons from the one drawing, `src/renderer/public/icon.svg`: what is shipped at run time into
 * `resources`, what packaging needs into `build`. Run by hand after a change of the drawing: `node scripts/icons.ts`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { type Browser, chromium } from '@playwright/test'

import { findChromium } from './chromium.ts'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

const drawing = readFileSync(at('src/renderer/public/icon.svg'), 'utf8')

/** The levers alone, in black: macOS colours the menu bar's pictures itself. */
const template = drawing
  .replace(/<rect width="32" height="32"[^>]*\/>/, '')
  .replaceAll(/#[0-9a-f]{6}/g, '#000000')
  .replace('viewBox="0 0 32 32"', 'viewBox="4 4 24 24"')

/** macOS leaves a tenth of the square free round an icon. */
const inset = drawing.replace('viewBox="0 0 32 32"', 'viewBox="-3.2 -3.2 38.4 38.4"')

async function render(browser: Browser, svg: string, size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `)
  await page.setContent(`<body style="margin:0">${sized}</body>`)
  const picture = await page.screenshot({ omitBackground: true })
  await page.close()
  return picture
}

interface Picture {
  readonly size: number
  readonly png: Buffer
}

/** Windows: a directory of PNG pictures. */
function icoOf(pictures: readonly Picture[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** macOS: PNG pictures under the names of their sizes. */
const ICNS_TYPES = [
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
] as const

function icnsOf(pictureOf: (size: number) => Buffer): Buffer {
  const parts = ICNS_TYPES.map(([type, size]) => {
    const png = pictureOf(size)
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(png.length + 8, 4)
    return Buffer.concat([head, png])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(
    parts.reduce((sum, part) => sum + part.length, 8),
    4,
  )
  return Buffer.concat([head, ...parts])
}

async function draw(browser: Browser): Promise<void> {
  const all = (svg: string, sizes: readonly number[]): Promise<Picture[]> =>
    Promise.all(sizes.map(async (size) => ({ size, png: await render(browser, svg, size) })))
  const shipped = [
    ['icon.png', drawing, 256],
    ['tray.png', drawing, 16],
    ['tray@2x.png', drawing, 32],
    ['trayTemplate.png', template, 18],
    ['trayTemplate@2x.png', template, 36],
  ] as const
  for (const [name, svg, size] of shipped) writeFileSync(at(`resources/${name}`), await render(browser, svg, size))
  writeFileSync(at('build/icon.ico'), icoOf(await all(drawing, [16, 24, 32, 48, 64, 128, 256])))
  const mac = new Map((await all(inset, [32, 64, 128, 256, 512, 1024])).map(({ size, png }) => [size, png]))
  writeFileSync(
    at('build/icon.icns'),
    icnsOf((size) => mac.get(size) ?? Buffer.alloc(0)),
  )
  for (const { size, png } of await all(drawing, [16, 32, 48, 64, 128, 256, 512]))
    writeFileSync(at(`build/icons/${size}x${size}.png`), png)
}

for (const folder of ['resources', 'build/icons']) mkdirSync(at(folder), { recursive: true })
const executablePath = findChromium()
const browser = await chromium.launch(executablePath === null ? {} : { executablePath })
await draw(browser)
await browser.close()
