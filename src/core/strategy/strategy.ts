/**
 * What a strategy is. Writing one takes one file that exports a `strategy({ … })` and one line in `built-in.ts`.
 *
 * A strategy is a pure function of candles and parameters: its logic sees the closed bars of one symbol and one interval,
 * one after another, and says of each what to do. It knows no account, no policy, no clock and no other symbol. What all
 * strategies share (order of bars, stops inside their bounds, ids, confidence) is in `strategy-run.ts`.
 */
import { isInterval, type Interval } from '../model/interval.ts'
import type { Regime } from '../model/regime.ts'
import { STRATEGY_SETTINGS, type StrategySettings } from './settings.ts'
import type { StrategyLogic, StrategyParameters, StrategyRun } from './strategy-logic.ts'
import { SignalRun } from './strategy-run.ts'

/** Intervals a strategy may decide on; on shorter ones the costs eat the stop. */
const STRATEGY_INTERVALS: readonly Interval[] = ['5m', '15m', '30m', '1h', '2h', '4h']

/** What the author of a strategy writes. */
export interface StrategyDesign<Parameters extends StrategyParameters> {
  /** snake_case, unique */
  readonly id: string
  /** one sentence for people */
  readonly description: string
  /** regimes it is made for */
  readonly regimeTags: readonly Regime[]
  /** bars to have seen before a run agrees with one that started earlier */
  readonly warmupBars: number
  /** how long its positions usually last, for funding and cost */
  readonly expectedHoldBars: number
  readonly defaults: Parameters
  /** smallest and largest sensible value of each number */
  readonly bounds: Readonly<Record<Exclude<keyof Parameters, 'interval'>, readonly [number, number]>>
  /** 21 strengths: the 0, 5, … 100 % quantiles of its setups on recorded data (scripts/calibrate-strategies.ts) */
  readonly quantiles: readonly number[]
  logic(parameters: Parameters): StrategyLogic
}

export interface StrategyDefinition<Parameters extends StrategyParameters = StrategyParameters> extends Omit<
  StrategyDesign<Parameters>,
  'bounds' | 'logic'
> {
  readonly bounds: Readonly<Record<string, readonly [number, number]>>
  /** Throws a RangeError that names every bad parameter. */
  start(symbol: string, parameters: Parameters, settings?: StrategySettings): StrategyRun
}

export function strategy<Parameters extends StrategyParameters>(
  design: StrategyDesign<Parameters>,
): StrategyDefinition<Parameters> {
  return {
    ...design,
    start(symbol, parameters, settings = STRATEGY_SETTINGS) {
      const faults = parameterFaults(design, parameters)
      if (faults.length > 0) throw new RangeError(faults.map(({ path, message }) => `${path} ${message}`).join('; '))
      return new SignalRun(design, symbol, parameters.interval, design.logic(parameters), settings)
    },
  }
}

/** Every bad parameter: what was expected and what was found. */
export function parameterFaults(
  definition: Pick<StrategyDefinition, 'id' | 'bounds'>,
  parameters: Readonly<Record<string, unknown>>,
): { readonly path: string; readonly message: string }[] {
  const faults: { path: string; message: string }[] = []
  const fault = (name: string, expected: string, actual: unknown): void => {
    faults.push({ path: `${definition.id}.${name}`, message: `must be ${expected}, was ${JSON.stringify(actual)}` })
  }
  const { interval } = parameters
  if (typeof interval !== 'string' || !isInterval(interval) || !STRATEGY_INTERVALS.includes(interval)) {
    fault('interval', STRATEGY_INTERVALS.join(', '), interval)
  }
  for (const [name, [least, most]] of Object.entries(definition.bounds)) {
    const value = parameters[name]
    const isCount = name.endsWith('Bars')
    if (typeof value === 'number' && value >= least && value <= most && (!isCount || Number.isInteger(value))) continue
    fault(name, `${isCount ? 'a whole number of' : ''} ${least}…${most}`.trim(), value)
  }
  for (const name of Object.keys(parameters)) {
    if (name !== 'interval' && !Object.hasOwn(definition.bounds, name))
      fault(name, 'left out: unknown', parameters[name])
  }
  return faults
}
