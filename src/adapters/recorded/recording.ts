/** Loads a file or a folder of recorded candles, funding and mark prices: columns in memory, and what was wrong with them. */
import { readFile } from 'node:fs/promises'

import { intervalMs, type Interval } from '../../core/model/interval.ts'
import type { Instrument } from '../../core/model/market.ts'
import { BarTable } from './bar-table.ts'
import { derivedInstrument } from './derived-instrument.ts'
import { instrumentsOf } from './exchange-info.ts'
import { orderedFunding, readFunding, type FundingRow, type Settlement } from './funding-file.ts'
import { readKlines, type KlineFile } from './kline-file.ts'
import { orderedBars } from './ordered-bars.ts'
import { RECORDED_SETTINGS, type RecordedSettings } from './settings.ts'
import { FaultList, type SourceFault } from './source-fault.ts'
import { findSourceFiles, type SourceFile } from './source-files.ts'
import { unpacked } from './unpack.ts'

export interface RecordedSymbol {
  readonly symbol: string
  readonly bars: BarTable
  readonly funding: readonly Settlement[]
  /** mark price candles; only their opens are told */
  readonly marks: BarTable
}

export interface Recording {
  readonly interval: Interval
  /** by name */
  readonly symbols: readonly RecordedSymbol[]
  readonly instruments: readonly Instrument[]
  readonly faults: readonly SourceFault[]
  /** open of the first and close of the last candle that is told, epoch ms */
  readonly startAt: number
  readonly endAt: number
}

export interface RecordingOptions {
  /** null or absent: every symbol found */
  readonly symbols?: readonly string[] | null
  /** candles that open in [from, to) are told; earlier ones still answer `history` */
  readonly from?: number | null
  readonly to?: number | null
  readonly settings?: RecordedSettings
}

/** Throws when the path holds no candles of the asked interval or symbols, naming what it does hold. */
export async function loadRecording(path: string, options: RecordingOptions = {}): Promise<Recording> {
  const settings = options.settings ?? RECORDED_SETTINGS
  const { files, exchangeInfo } = await findSourceFiles(path, settings.maxDepth)
  const wanted = wantedFiles(files, options.symbols ?? null, settings.interval)
  const loader = new RecordingLoader(settings)
  for (const file of wanted) await loader.read(file)
  return loader.finish(options, exchangeInfo)
}

function wantedFiles(
  files: readonly SourceFile[],
  symbols: readonly string[] | null,
  interval: Interval,
): SourceFile[] {
  const candles = files.filter(({ kind }) => kind === 'klines')
  const ofInterval = new Set(candles.filter((file) => file.interval === interval).map(({ symbol }) => symbol))
  if (ofInterval.size === 0) {
    const others = [...new Set(candles.map((file) => String(file.interval)))].sort().join(', ')
    throw new Error(`no ${interval} candles there; ${others === '' ? 'no candles at all' : `there are ${others}`}`)
  }
  const absent = (symbols ?? []).filter((symbol) => !ofInterval.has(symbol))
  if (absent.length > 0) {
    throw new Error(`no ${interval} candles of ${absent.join(', ')}; there are ${[...ofInterval].sort().join(', ')}`)
  }
  const kept = new Set(symbols ?? ofInterval)
  return files.filter((file) => kept.has(file.symbol) && (file.kind !== 'klines' || file.interval === interval))
}

class RecordingLoader {
  private readonly settings: RecordedSettings
  private readonly faults: FaultList
  private readonly klines = new Map<string, KlineFile[]>()
  private readonly marks = new Map<string, Map<Interval, KlineFile[]>>()
  private readonly funding = new Map<string, FundingRow[]>()

  constructor(settings: RecordedSettings) {
    this.settings = settings
    this.faults = new FaultList(settings.maxFaultsPerFile)
  }

  async read(file: SourceFile): Promise<void> {
    const { symbol, interval } = file
    try {
      const bytes = await unpacked(file.path)
      if (interval === null) {
        const rows = readFunding(bytes, { file: file.name, symbol }, this.settings, this.faults)
        this.funding.set(symbol, [...(this.funding.get(symbol) ?? []), ...rows])
        return
      }
      const klines = readKlines(bytes, { file: file.name, symbol, interval }, this.faults)
      if (klines !== null) this.keep(file, interval, klines)
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error)
      this.faults.add({ file: file.name, symbol }, `cannot be read: ${found}`)
    }
  }

  async finish(options: RecordingOptions, exchangeInfo: string | null): Promise<Recording> {
    const names = [...this.klines.keys()].sort()
    const symbols = names.map((symbol) => this.symbol(symbol)).filter(({ bars }) => bars.length > 0)
    const startAt = Math.max(options.from ?? 0, least(symbols.map(({ bars }) => bars.openAt[0] as number)))
    const endAt = Math.min(options.to ?? Infinity, most(symbols.map(({ bars }) => this.endOf(bars))))
    if (symbols.length === 0 || startAt >= endAt) {
      const first = this.faults.all()[0]
      throw new Error(first === undefined ? 'no candles in the asked period' : `no usable candles: ${first.message}`)
    }
    const instruments = await this.instruments(symbols, exchangeInfo)
    return { interval: this.settings.interval, symbols, instruments, faults: this.faults.all(), startAt, endAt }
  }

  private keep(file: SourceFile, interval: Interval, klines: KlineFile): void {
    if (file.kind === 'mark' || (klines.isMark && interval === file.interval)) {
      const intervals = this.marks.get(file.symbol) ?? new Map<Interval, KlineFile[]>()
      intervals.set(interval, [...(intervals.get(interval) ?? []), klines])
      this.marks.set(file.symbol, intervals)
    } else this.klines.set(file.symbol, [...(this.klines.get(file.symbol) ?? []), klines])
  }

  private endOf(bars: BarTable): number {
    return (bars.openAt[bars.length - 1] as number) + intervalMs(this.settings.interval)
  }

  private symbol(symbol: string): RecordedSymbol {
    const { interval, outageBars } = this.settings
    const bars = orderedBars(this.klines.get(symbol) ?? [], { symbol, interval, outageBars }, this.faults)
    const funding = orderedFunding(this.funding.get(symbol) ?? [], this.settings)
    return { symbol, bars, funding, marks: this.finestMarks(symbol) }
  }

  /** Of the mark files of several intervals those of the shortest. */
  private finestMarks(symbol: string): BarTable {
    const intervals = [...(this.marks.get(symbol) ?? [])].sort(([a], [b]) => intervalMs(a) - intervalMs(b))
    const [finest] = intervals
    if (finest === undefined) return new BarTable(0, false)
    const [interval, files] = finest
    return orderedBars(files, { symbol, interval, outageBars: Infinity }, this.faults)
  }

  private async instruments(symbols: readonly RecordedSymbol[], exchangeInfo: string | null): Promise<Instrument[]> {
    const derived = new Map(symbols.map((each) => [each.symbol, this.derived(each)]))
    if (exchangeInfo === null) return [...derived.values()]
    const file = 'exchangeInfo.json'
    try {
      return instrumentsOf(await readFile(exchangeInfo, 'utf8'), derived, (symbol, field, found) =>
        this.faults.add({ file, field: `${symbol ?? '?'}.${field}`, ...(symbol === null ? {} : { symbol }) }, found),
      )
    } catch (error) {
      this.faults.add({ file }, `ignored: ${error instanceof Error ? error.message : String(error)}`)
      return [...derived.values()]
    }
  }

  private derived({ symbol, bars, funding }: RecordedSymbol): Instrument {
    const files = this.klines.get(symbol) ?? []
    return derivedInstrument(
      {
        symbol,
        priceDecimals: most(files.map(({ priceDecimals }) => priceDecimals)),
        volumeDecimals: most(files.map(({ volumeDecimals }) => volumeDecimals)),
        firstAt: bars.openAt[0] as number,
        firstPrice: bars.open[0] as number,
        fundingIntervalHours: funding[0]?.intervalHours ?? this.settings.fundingIntervalHours,
      },
      this.settings,
    )
  }
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
