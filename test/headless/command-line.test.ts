import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeAll, describe, expect, test } from 'vitest'

import { madeUpRecording } from '../fixtures/candle-files.ts'
import { temporaryFolder } from '../fixtures/whole-station.ts'

const MAIN = join(import.meta.dirname, '../../src/headless/main.ts')

function signalbox(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A station in a process of its own; resolves once it prints where it listens. */
async function running(
  ...args: readonly string[]
): Promise<{ child: ChildProcess; address: string; out: () => string }> {
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let out = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += String(chunk)
      const found = /listening on (http:\S+)/.exec(out)?.[1]
      if (found !== undefined && out.includes('sign in: ')) resolve(found)
    })
    child.stderr.on('data', (chunk: Buffer) => (out += String(chunk)))
    child.on('exit', () => reject(new Error(out)))
  })
  return { child, address, out: () => out }
}

const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.on('exit', resolve))

describe('a recording run from the command line', () => {
  let recording = ''
  let folder = ''
  let summary = ''

  beforeAll(() => {
    recording = madeUpRecording({ symbols: ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], days: 4, seed: 5 })
    folder = temporaryFolder()
    const run = signalbox(
      'start',
      '--headless',
      '--replay',
      recording,
      '--speed',
      'max',
      '--exit-at-end',
      '--data',
      folder,
      '--port',
      '0',
    )
    if (run.code !== 0 || run.err !== '') throw new Error(`exit code ${String(run.code)}: ${run.err}`)
    summary = run.out
  })

  test('ends with a summary of account, rows and trades by strategy and symbol', () => {
    expect(summary).toMatch(/REPLAY/)
    expect(summary).toMatch(/equity [\d.]+ USDT/)
    expect(summary).toMatch(/signals [1-9]\d*, decisions [1-9]\d*/)
    expect(summary).toMatch(/AAAUSDT/)
  })

  test('leaves database, token and log in the data folder, the token for its owner alone', () => {
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['signalbox.db', 'token', 'logs']))
    expect(statSync(join(folder, 'token')).mode & 0o777).toBe(0o600)
    const [line] = readFileSync(join(folder, 'logs', 'signalbox.log'), 'utf8').split('\n')
    expect(JSON.parse(line ?? '')).toMatchObject({ event: 'risk_guard_risk_profile_loaded', profile_name: 'NORMAL' })
  })

  test('verify finds every book in order and says so check by check', () => {
    const { code, out } = signalbox('verify', '--data', folder)
    expect(out).toMatch(/ok {3}fills against ledger/)
    expect(out).not.toMatch(/FAIL/)
    expect(code).toBe(0)
  })

  test('verify finds a fill that was changed behind our back', async () => {
    const { default: Database } = await import('better-sqlite3')
    const copy = temporaryFolder()
    writeFileSync(join(copy, 'signalbox.db'), readFileSync(join(folder, 'signalbox.db')))
    const sql = new Database(join(copy, 'signalbox.db'))
    for (const name of sql.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all())
      sql.exec(`DROP TRIGGER "${name}"`)
    sql.exec(`UPDATE fills SET quantity = '999' WHERE row = (SELECT min(row) FROM fills)`)
    sql.close()
    const { code, out } = signalbox('verify', '--data', copy)
    expect(out).toMatch(/FAIL/)
    expect(code).toBe(1)
  })

  test('the canonical export is the same twice, and the same through a file', () => {
    const once = signalbox('export', '--canonical', '--data', folder).out
    const file = join(folder, 'export.jsonl')
    expect(signalbox('export', '--canonical', '--data', folder, '--output', file).code).toBe(0)
    expect(readFileSync(file, 'utf8') === once).toBe(true)
    expect(once.split('\n').filter((line) => line.includes('"decisions"')).length).toBeGreaterThan(0)
  })

  test('a backup can be restored, and what it replaces is kept aside', () => {
    const backup = signalbox('backup', '--data', folder).out.trim()
    expect(statSync(backup).size).toBeGreaterThan(0)
    const before = signalbox('export', '--canonical', '--data', folder).out
    const restored = signalbox('restore', backup, '--data', folder)
    expect(restored.out).toMatch(/the database before it is /)
    const rows = (text: string): string[] =>
      text.split('\n').filter((line) => /^\{"table":"(fills|trades|ledger|orders)"/.test(line))
    expect(rows(signalbox('export', '--canonical', '--data', folder).out)).toEqual(rows(before))
  })

  test('import brings candles in, as often as one likes', () => {
    const into = temporaryFolder()
    const minutes = 3 * 4 * 1440
    for (let time = 0; time < 2; time++) {
      const { out, code } = signalbox('import', recording, '--data', into)
      expect(out).toContain(`${minutes} candles stored`)
      expect(code).toBe(0)
    }
  })

  test('report tells the same of the finished journal', () => {
    const { out, code } = signalbox('report', '--data', folder)
    expect(code).toBe(0)
    expect(summary).toContain(out.trim().split('\n').at(-1) ?? 'nothing')
    const [headline] = out.split('\n')
    expect(headline).toMatch(/^2025-01-\d\d UTC.*: [\d.]+ → [\d.]+ USDT, [+−]?[\d.]+ %, largest drawdown [\d.]+ %$/)
    const ofDay = signalbox('report', '--day', '2025-01-07', '--data', folder).out
    expect(ofDay).toMatch(/^2025-01-07 UTC: /)
    expect(ofDay).toMatch(/approved \d+\ndenied .*\ndropped /)
  })
})

describe('the configuration from the command line', () => {
  test('config prints every value with its origin, secrets masked', () => {
    const folder = temporaryFolder()
    writeFileSync(
      join(folder, 'signalbox.toml'),
      '[msc]\ninterval_minutes = 20\n[redis]\nurl = "redis://:geheim@host"\n',
    )
    const { out, code } = signalbox('config', '--data', folder)
    expect(code).toBe(0)
    expect(out).toMatch(/msc\.interval_minutes +20 {2}\(file\)/)
    expect(out).toMatch(/paper\.initial_balance +10000 {2}\(default\)/)
    expect(out).not.toContain('geheim')
  })

  test('a misspelt key names the near miss, a bad value what was expected; all at once, exit code 1', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'signalbox.toml'), '[msc]\ninterval_minuts = 20\n[http]\nport = 99999\n')
    const { err, code } = signalbox('start', '--data', folder)
    expect(code).toBe(1)
    expect(err).toMatch(/interval_minuts.*interval_minutes/s)
    expect(err).toMatch(/http\.port must be .*65535.*was 99999/s)
  })

  test('an unknown flag and a recording that is not there are sentences, not stack traces', () => {
    expect(signalbox('start', '--reply', 'x').err).toMatch(/unknown option '--reply'.*--replay/s)
    const { err, code } = signalbox('start', '--replay', '/nowhere', '--data', temporaryFolder())
    expect(err).toMatch(/nowhere/)
    expect(err).not.toMatch(/ {4}at /)
    expect(code).toBe(1)
  })

  test('--help explains every flag of the station', () => {
    const { out } = signalbox('start', '--help')
    for (const flag of [
      'headless',
      'host',
      'port',
      'data',
      'replay',
      'symbols',
      'interval',
      'speed',
      'exit-at-end',
      'seed',
      'config',
    ])
      expect(out).toContain(`--${flag}`)
  })
})

describe('a running station', () => {
  test('prints where it listens and a link that signs in, takes tokens made beside it, and ends cleanly when asked to', async () => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    const { child, address, out } = await running('--headless', '--data', folder, '--set', 'simulator.symbols=5')
    expect(out()).toMatch(/sign in: http:\S+\/sign-in\?key=\S+/)
    expect(out()).toMatch(/SIMULATED/)
    const token = signalbox('token', 'add', 'watcher', '--scope', 'read', '--data', folder).out.trim()
    const answer = await fetch(`${address}/api/policy`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ policy: { risk_mode: 'NORMAL' } })
    expect(signalbox('token', 'list', '--data', folder).out).toMatch(/watcher {2}read/)
    expect(signalbox('token', 'remove', 'watcher', '--data', folder).code).toBe(0)
    const refused = await fetch(`${address}/api/policy`, { headers: { authorization: `Bearer ${token}` } })
    expect(refused.status).toBe(401)
    const second = signalbox('start', '--data', folder, '--port', '0')
    expect(second.err).toContain(String(child.pid))
    expect(second.code).toBe(1)
    const ended = exitOf(child)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(signalbox('verify', '--data', folder).code).toBe(0)
  })

  test('is verified part by part, watched line by line, and reported on', async () => {
    const folder = temporaryFolder()
    const { child, address } = await running('--headless', '--data', folder, '--set', 'simulator.symbols=5')
    const watching = spawn(process.execPath, [MAIN, 'watch', '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(watching)
    let seen = ''
    for (const stream of [watching.stdout, watching.stderr])
      stream.on('data', (chunk: Buffer) => (seen += String(chunk)))
    await expect.poll(() => seen, { timeout: 20_000 }).toMatch(/^SIMULATED · policy v\d+ NORMAL · governor NORMAL/)

    const token = readFileSync(join(folder, 'token'), 'utf8').trim()
    const authorization = `Bearer ${token}`
    const body = JSON.stringify({ max_positions: 3, reason: 'a test' })
    const change = await fetch(`${address}/api/policy`, { method: 'PATCH', headers: { authorization }, body })
    const { policy } = (await change.json()) as { policy: { version: number } }
    await expect
      .poll(() => seen, { timeout: 10_000 })
      .toMatch(/policy {5}v\d+ by api:local \(a test\): max_positions 3/)
    const engage = JSON.stringify({ reason: 'drill' })
    await fetch(`${address}/api/emergency/engage`, { method: 'POST', headers: { authorization }, body: engage })
    await expect
      .poll(() => seen, { timeout: 10_000 })
      .toMatch(/emergency \{"id":"[^"]+","engaged_at":"[^"]+","by":"api:local"/)

    const verified = signalbox('verify', '--data', folder)
    expect(verified.code).toBe(0)
    const inForce = Number(/station at http:\S+, policy version (\d+)/.exec(verified.out)?.[1])
    expect(inForce).toBeGreaterThan(policy.version)
    expect(verified.out).toMatch(
      new RegExp(`ok {3}policy_store +connected, last read version ${String(inForce)}, .* ago`),
    )
    for (const part of [
      'risk_guard',
      'orchestrator',
      'mode_rules',
      'msc',
      'ranker',
      'governor',
      'feed',
      'venue',
      'database',
    ])
      expect(verified.out).toMatch(new RegExp(`ok {3}${part} +connected`))
    expect(signalbox('report', '--data', folder, '--day', 'yesterday').err).toContain('a day is written like')

    const [ended, left] = [exitOf(child), exitOf(watching)]
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await left
    const after = signalbox('verify', '--data', folder)
    expect(after.out).toContain('no station runs here')
    expect(after.code).toBe(0)
    expect(signalbox('watch', '--data', folder).err).toContain('no station runs here')
  })
})
