/** The commands a person types on a recording: start to the end, verify, report, export; the same bytes as the station inside a test. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { beforeAll, describe, expect, it } from 'vitest'

import { madeUpRecording } from '../../fixtures/candle-files.ts'
import { exportLines } from '../../fixtures/journal-reader.ts'
import { runToEnd, temporaryFolder } from '../../fixtures/whole-station.ts'

const MAIN = fileURLToPath(new URL('../../../src/headless/main.ts', import.meta.url))

interface Said {
  readonly code: number | null
  readonly out: string
  readonly problems: string
}

function signalbox(...words: string[]): Promise<Said> {
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, problems] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problems += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, problems })))
}

describe('signalbox', () => {
  const replay = madeUpRecording({ symbols: ['AAAUSDT', 'BBBUSDT'], days: 4, seed: 61 })
  const data = temporaryFolder()
  let started: Said

  beforeAll(async () => {
    const source = ['--replay', replay, '--speed', 'max', '--exit-at-end']
    started = await signalbox('start', '--headless', ...source, '--data', data, '--port', '0')
  })

  it('start runs to the end, says where it listens, and prints a summary', () => {
    expect(started.problems).toBe('')
    expect(started.code).toBe(0)
    expect(started.out).toMatch(/listening on http:\/\/127\.0\.0\.1:\d+/)
    expect(started.out).toMatch(/equity \d+\.\d\d USDT/)
    expect(started.out).toMatch(/\nall +\d+ /)
  })

  it('verify finds nothing wrong', async () => {
    const { code, out } = await signalbox('verify', '--data', data)
    expect(code).toBe(0)
    expect(
      out
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('ok')),
    ).toEqual(['no station runs here'])
  })

  it('report tells the last day, and of the whole what start had said', async () => {
    const { out } = await signalbox('report', '--data', data)
    expect(out).toMatch(/^\d{4}-\d\d-\d\d UTC.*: \d+\.\d\d → \d+\.\d\d USDT/)
    const said = started.out.split('\n')
    const summary = said.slice(said.findIndex((line) => line.startsWith('data in ')) + 1).join('\n')
    expect(summary).toMatch(/\nall +\d+ /)
    expect(out).toContain(summary.trim())
  })

  it('export gives the bytes of the same run without a door', async () => {
    const { out } = await signalbox('export', '--canonical', '--data', data)
    const { folder } = await runToEnd({ replay, 'msc.enabled': true })
    expect(out).toBe(exportLines(folder).join(''))
  })
})
