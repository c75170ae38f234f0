/** Which files of a folder are a recording's, told from their names: the exchange's archive and our own format, mixed at will. */
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { isInterval, type Interval } from '../../core/model/interval.ts'

export interface SourceFile {
  readonly path: string
  /** as faults name it: relative to what was asked for */
  readonly name: string
  readonly kind: 'klines' | 'mark' | 'funding'
  readonly symbol: string
  /** null for funding */
  readonly interval: Interval | null
}

export interface SourceFiles {
  readonly files: readonly SourceFile[]
  /** path of an `exchangeInfo.json` found among them */
  readonly exchangeInfo: string | null
}

const EXCHANGE_INFO = 'exchangeInfo.json'
const PACKED = /\.csv(?:\.gz)?$|\.zip$/u
/** `BTCUSDT-1m-klines.csv`, `BTCUSDT-8h-funding.csv`, `BTCUSDT-8h-mark.csv` */
const OWN = /^(?<symbol>[^-]+)-(?<interval>\d+[mhd])-(?<kind>klines|funding|mark)$/u
/** `BTCUSDT-1m-2025-05`, `BTCUSDT-1m-2025-05-04` */
const ARCHIVE = /^(?<symbol>[^-]+)-(?<interval>\d+[mhd])-\d{4}-\d{2}(?:-\d{2})?$/u
/** `BTCUSDT-fundingRate-2025-05` */
const ARCHIVE_FUNDING = /^(?<symbol>[^-]+)-fundingRate-\d{4}-\d{2}(?:-\d{2})?$/u
/** Folders of the archive whose files look like candles and are none. */
const NOT_CANDLES = /indexPriceKlines|premiumIndexKlines/u
const MARK_FOLDER = /markPriceKlines/u

/** Throws when `path` is a single file whose name says nothing. */
export async function findSourceFiles(path: string, maxDepth: number): Promise<SourceFiles> {
  if (!(await stat(path)).isDirectory()) {
    const file = recognise(path, basename(path))
    if (file !== null) return { files: [file], exchangeInfo: null }
    throw new Error(
      `${basename(path)} is no recording: expected a name like BTCUSDT-1m-klines.csv(.gz), BTCUSDT-1m-2025-05.zip or .csv`,
    )
  }
  const names = await filesUnder(path, '', maxDepth)
  const files = names.map((name) => recognise(join(path, name), name)).filter((file) => file !== null)
  const exchangeInfo = names.find((name) => basename(name) === EXCHANGE_INFO)
  return { files, exchangeInfo: exchangeInfo === undefined ? null : join(path, exchangeInfo) }
}

async function filesUnder(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const found: string[] = []
  for (const entry of entries) {
    const name = join(folder, entry.name)
    if (entry.isFile()) found.push(name)
    else if (entry.isDirectory() && depth > 0) found.push(...(await filesUnder(root, name, depth - 1)))
  }
  return found
}

function recognise(path: string, name: string): SourceFile | null {
  const file = basename(name)
  if (!PACKED.test(file) || NOT_CANDLES.test(path)) return null
  const stem = file.replace(PACKED, '')
  const funding = ARCHIVE_FUNDING.exec(stem)?.groups
  if (funding !== undefined) return { path, name, kind: 'funding', symbol: funding['symbol'] ?? '', interval: null }
  const match = OWN.exec(stem)?.groups ?? ARCHIVE.exec(stem)?.groups
  const interval = match?.['interval']
  if (match === undefined || interval === undefined || !isInterval(interval)) return null
  const symbol = match['symbol'] ?? ''
  if (match['kind'] === 'funding') return { path, name, kind: 'funding', symbol, interval: null }
  const isMark = match['kind'] === 'mark' || (match['kind'] === undefined && MARK_FOLDER.test(path))
  return { path, name, kind: isMark ? 'mark' : 'klines', symbol, interval }
}
