/** Seeded randomness whose state can be kept and put back: xoshiro128** (Blackman and Vigna) and normals by ziggurat (Marsaglia and Tsang). */

const LAYERS = 128
/** Edge of the base layer and the area of each layer for 128 layers. */
const EDGE = 3.442619855899
const AREA = 9.91256303526217e-3

const density = (x: number): number => Math.exp(-0.5 * x * x)

const edges = new Float64Array(LAYERS + 1)
const densities = new Float64Array(LAYERS + 1)
const inside = new Float64Array(LAYERS)
edges[0] = AREA / density(EDGE)
edges[1] = EDGE
for (let layer = 2; layer < LAYERS; layer++) {
  const below = edges[layer - 1] as number
  edges[layer] = Math.sqrt(-2 * Math.log(AREA / below + density(below)))
}
edges[LAYERS] = 0
for (let layer = 0; layer < LAYERS; layer++) {
  densities[layer] = density(edges[layer] as number)
  inside[layer] = (edges[layer + 1] as number) / (edges[layer] as number)
}
densities[LAYERS] = 1

const TWO_32 = 4294967296
const TWO_24 = 16777216

export type RandomState = readonly [number, number, number, number]

export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(state: RandomState) {
    ;[this.a, this.b, this.c, this.d] = state
  }

  /** Spreads a seed over the whole state (splitmix32). */
  static seeded(seed: number): Random {
    let mixed = seed | 0
    const word = (): number => {
      mixed = (mixed + 0x9e3779b9) | 0
      return scrambled(mixed)
    }
    return new Random([word(), word(), word(), word() | 1])
  }

  get state(): RandomState {
    return [this.a, this.b, this.c, this.d]
  }

  restore(state: RandomState): void {
    ;[this.a, this.b, this.c, this.d] = state
  }

  /** a whole number of 32 bits, signed */
  bits(): number {
    const times5 = Math.imul(this.b, 5)
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9)
    const shifted = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= shifted
    this.d = (this.d << 11) | (this.d >>> 21)
    return result
  }

  /** in (0, 1) */
  uniform(): number {
    return ((this.bits() >>> 0) + 0.5) / TWO_32
  }

  /** standard normal */
  normal(): number {
    for (;;) {
      const bits = this.bits()
      const layer = bits & 127
      const share = (bits >> 8) / (TWO_24 / 2)
      const x = share * (edges[layer] as number)
      if (Math.abs(share) < (inside[layer] as number)) return x
      if (layer === 0) return this.tail(share < 0)
      const low = densities[layer] as number
      const high = densities[layer + 1] as number
      if (low + this.uniform() * (high - low) < density(x)) return x
    }
  }

  /** whole minutes until something that happens every `mean` minutes on average; at least 1 */
  wait(mean: number): number {
    return Math.max(1, Math.ceil(-Math.log(this.uniform()) * mean))
  }

  private tail(negative: boolean): number {
    for (;;) {
      const x = -Math.log(this.uniform()) / EDGE
      const y = -Math.log(this.uniform())
      if (y + y > x * x) return negative ? -(EDGE + x) : EDGE + x
    }
  }
}

function scrambled(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}

/** A number in [0, 1) that depends on nothing but its three whole arguments. */
export function hashed(a: number, b: number, c: number): number {
  return (
    (scrambled(scrambled(scrambled(a | 0) ^ Math.imul(b | 0, 0x9e3779b1)) ^ Math.imul(c | 0, 0x85ebca6b)) >>> 0) /
    TWO_32
  )
}
