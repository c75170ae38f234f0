/** The parts of the desktop that need no window: its place on the displays, its words, addresses, the command line. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { commandLineOf } from '../../src/main/command-line.ts'
import { DesktopFile } from '../../src/main/desktop-file.ts'
import { glanceLines, signed, titleOf } from '../../src/main/glance-text.ts'
import type { Glance } from '../../src/main/glance.ts'
import { readAddress } from '../../src/main/remote-address.ts'
import { type Area, placeOn, type WindowPlace } from '../../src/main/window-place.ts'

const PRIMARY: Area = { x: 0, y: 0, width: 1920, height: 1040 }
const LEFT: Area = { x: -1280, y: 0, width: 1280, height: 984 }

const placed = (area: Area): WindowPlace => ({ ...area, isMaximized: false })

describe('where the window opens', () => {
  it('stands in the middle of the primary display at first', () => {
    expect(placeOn([PRIMARY, LEFT], null)).toEqual({ x: 240, y: 70, width: 1440, height: 900, isMaximized: false })
  })

  it('stays where it was on a display that is still there', () => {
    const kept = placed({ x: -1200, y: 100, width: 1100, height: 800 })
    expect(placeOn([PRIMARY, LEFT], kept)).toEqual(kept)
  })

  it('comes to the primary display when its own is gone, with its size', () => {
    const kept = placed({ x: -1200, y: 100, width: 1100, height: 800 })
    expect(placeOn([PRIMARY], kept)).toEqual(placed({ x: 410, y: 120, width: 1100, height: 800 }))
  })

  it('moves back into the display it hangs over most', () => {
    const kept = placed({ x: 1500, y: -200, width: 1100, height: 800 })
    expect(placeOn([PRIMARY, LEFT], kept)).toEqual(placed({ x: 820, y: 0, width: 1100, height: 800 }))
  })

  it('shrinks to a display that is smaller than itself', () => {
    const small = { x: 0, y: 24, width: 1000, height: 600 }
    expect(placeOn([small], placed(PRIMARY))).toEqual(placed(small))
  })

  it('always lies whole on one display, whatever was kept', () => {
    const number = fc.integer({ min: -9000, max: 9000 })
    const size = fc.integer({ min: 1, max: 9000 })
    const area = fc.record({ x: number, y: number, width: size, height: size, isMaximized: fc.boolean() })
    fc.assert(
      fc.property(area, (kept) => {
        const { x, y, width, height } = placeOn([PRIMARY, LEFT], kept)
        const isInside = (on: Area): boolean =>
          x >= on.x && y >= on.y && x + width <= on.x + on.width && y + height <= on.y + on.height
        expect([PRIMARY, LEFT].some(isInside)).toBe(true)
        expect(width).toBeGreaterThanOrEqual(1024)
        expect(height).toBeGreaterThanOrEqual(700)
      }),
    )
  })
})

describe('what the desktop remembers', () => {
  it('is written whole, for its owner only, and read back', () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-file-'))
    const file = join(folder, 'below', 'desktop.json')
    new DesktopFile(file).remember({ knowsTray: true })
    expect(new DesktopFile(file).memory).toEqual({ window: null, remote: null, knowsTray: true })
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toBe('')
    rmSync(folder, { recursive: true })
  })

  it('is forgotten part by part where it makes no sense', () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-file-'))
    const file = join(folder, 'desktop.json')
    writeFileSync(file, '{"window":{"x":"left"},"remote":{"address":"https://a.example","sealedToken":null}}')
    const remote = { address: 'https://a.example', sealedToken: null }
    expect(new DesktopFile(file).memory).toEqual({ window: null, remote, knowsTray: false })
    writeFileSync(file, 'not json')
    expect(new DesktopFile(file).memory).toEqual({ window: null, remote: null, knowsTray: false })
    rmSync(folder, { recursive: true })
  })
})

describe('an address as a person types it', () => {
  it.each([
    ['station.example:8787', 'http://station.example:8787', false, false],
    [' https://station.example/ ', 'https://station.example', true, false],
    ['localhost:8787', 'http://localhost:8787', false, true],
    ['http://[::1]:8787', 'http://[::1]:8787', false, true],
  ])('%s', (typed, address, isEncrypted, isThisComputer) => {
    expect(readAddress(typed)).toEqual({ address, isEncrypted, isThisComputer })
  })

  it.each([
    ['', 'a host and a port'],
    ['http://', 'a host and a port'],
    ['ftp://station.example', 'http:// or https://'],
    ['https://me:secret@station.example', 'no user name'],
    ['https://station.example/api?x=1', 'nothing follows the port, was /api?x=1'],
  ])('%s is refused', (typed, words) => {
    expect(readAddress(typed)).toEqual({ problem: expect.stringContaining(words) as string })
  })
})

describe('the command line', () => {
  it('gives settings to the own station and leaves the rest to Chromium', () => {
    const args = [
      '--data',
      '/d',
      '--speed=60',
      '--set',
      'a.b=1=2',
      '--set',
      'c.d=x',
      '--no-sandbox',
      '--inspect=0',
      '.',
    ]
    const flags = { data: '/d', speed: '60', 'a.b': '1=2', 'c.d': 'x' }
    expect(commandLineOf(args)).toEqual({ flags, attach: null })
  })

  it('is empty without any', () => {
    expect(commandLineOf([])).toEqual({ flags: {}, attach: null })
  })

  it('names a station elsewhere with the file of its token', () => {
    const args = ['--attach', 'localhost:8787', '--token-file', '/d/token']
    expect(commandLineOf(args).attach).toEqual({ address: 'localhost:8787', tokenFile: '/d/token' })
    expect(commandLineOf(['--attach', 'localhost:8787']).attach).toBeNull()
  })
})

describe('the station in a few words', () => {
  const nothing: Glance = { isThere: false, status: null, policy: null, account: null, positions: new Map() }

  it('says so while there is none', () => {
    expect(glanceLines(nothing, 'this computer')).toEqual(['Signalbox · this computer', 'not connected'])
    expect(titleOf(nothing, 'https://a.example', false)).toBe('Signalbox · https://a.example')
  })

  it.each([
    [12.4, '+12.40'],
    [-3, '−3.00'],
    [0.004, '0.00'],
    [-0.004, '0.00'],
  ])('%d has its sign', (amount, text) => {
    expect(signed(amount)).toBe(text)
  })
})
