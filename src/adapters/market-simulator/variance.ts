/** How rough it is: log variance that wanders quickly and slowly, and regimes that switch; for the whole market and for each symbol. */
import type { Random } from './random.ts'
import type { MarketSimulatorSettings } from './settings.ts'

/** Multiples of the mean variance; index 0 is the market's common factor, index i + 1 symbol i. */
export class VarianceModel {
  readonly multiple: Float64Array
  private readonly fast: Float64Array
  private readonly slow: Float64Array
  private readonly regime: Float64Array
  private readonly minutesLeft: Float64Array
  private readonly random: Random
  private readonly settings: MarketSimulatorSettings
  private readonly regimeVariance: readonly number[]
  private readonly regimeMinutes: readonly number[]
  private readonly scale: number

  constructor(symbols: number, settings: MarketSimulatorSettings, random: Random) {
    const count = symbols + 1
    this.settings = settings
    this.random = random
    this.multiple = new Float64Array(count)
    this.fast = new Float64Array(count)
    this.slow = new Float64Array(count)
    this.regime = new Float64Array(count)
    this.minutesLeft = new Float64Array(count)
    this.regimeVariance = [settings.calmVariance, 1, settings.turbulentVariance]
    this.regimeMinutes = [settings.calmMinutes, settings.normalMinutes, settings.turbulentMinutes]
    this.scale = 1 / meanVariance(settings)
    this.begin()
  }

  /** Everything that must be kept to go on from here. */
  get parts(): readonly Float64Array[] {
    return [this.fast, this.slow, this.regime, this.minutesLeft]
  }

  /** Moves on by some minutes at once; `minuteNoise` adds the roughness of a single minute. */
  advance(minutes: number, minuteNoise: boolean): void {
    const { random, fast, slow, multiple, regime, settings } = this
    const keepFast = Math.exp(-minutes / settings.fastMinutes)
    const keepSlow = Math.exp(-minutes / settings.slowMinutes)
    const moveFast = settings.fastDeviation * Math.sqrt(1 - keepFast * keepFast)
    const moveSlow = settings.slowDeviation * Math.sqrt(1 - keepSlow * keepSlow)
    const noise = minuteNoise ? settings.minuteDeviation : 0
    const noiseMean = minuteNoise ? 0 : 0.5 * settings.minuteDeviation * settings.minuteDeviation
    for (let index = 0; index < multiple.length; index++) {
      this.passRegime(index, minutes)
      fast[index] = (fast[index] as number) * keepFast + moveFast * random.normal()
      slow[index] = (slow[index] as number) * keepSlow + moveSlow * random.normal()
      const log = (fast[index] as number) + (slow[index] as number) + (noise > 0 ? noise * random.normal() : noiseMean)
      const variance = Math.exp(log) * (this.regimeVariance[regime[index] as number] as number) * this.scale
      multiple[index] = Math.min(variance, settings.maxVariance)
    }
  }

  private begin(): void {
    const { random, settings } = this
    for (let index = 0; index < this.multiple.length; index++) {
      this.fast[index] = settings.fastDeviation * random.normal()
      this.slow[index] = settings.slowDeviation * random.normal()
      this.regime[index] = 1
      this.minutesLeft[index] = random.wait(settings.normalMinutes)
    }
  }

  private passRegime(index: number, minutes: number): void {
    const left = (this.minutesLeft[index] as number) - minutes
    this.minutesLeft[index] = left
    if (left > 0) return
    const kind = this.random.uniform() < 0.5 ? 1 : 2
    const regime = ((this.regime[index] as number) + kind) % this.regimeVariance.length
    this.regime[index] = regime
    this.minutesLeft[index] = this.random.wait(this.regimeMinutes[regime] as number)
  }
}

/** The mean of exp(normal) × regime, each regime weighted with the time spent in it. */
function meanVariance(settings: MarketSimulatorSettings): number {
  const { fastDeviation, slowDeviation, minuteDeviation } = settings
  const { calmMinutes, normalMinutes, turbulentMinutes, calmVariance, turbulentVariance } = settings
  const logVariance = fastDeviation ** 2 + slowDeviation ** 2 + minuteDeviation ** 2
  const regimes = calmMinutes * calmVariance + normalMinutes + turbulentMinutes * turbulentVariance
  return (Math.exp(logVariance / 2) * regimes) / (calmMinutes + normalMinutes + turbulentMinutes)
}
