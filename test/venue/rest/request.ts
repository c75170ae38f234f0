/** A request as its route sees it: parameters of query and body, read with the exchange's own complaints. */
import { exact, type Exact } from '../../../src/core/model/decimal.ts'
import { VenueError } from '../errors.ts'

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/u
const WHOLE = /^-?\d+$/u

export class VenueRequest {
  readonly method: string
  readonly path: string
  /** the raw bytes that are signed: query and body, one after the other */
  readonly query: string
  readonly body: string
  readonly apiKey: string
  private readonly parameters: ReadonlyMap<string, string>

  constructor(fields: {
    readonly method: string
    readonly path: string
    readonly query: string
    readonly body: string
    readonly apiKey: string
  }) {
    this.method = fields.method
    this.path = fields.path
    this.query = fields.query
    this.body = fields.body
    this.apiKey = fields.apiKey
    this.parameters = parsed([fields.query, fields.body])
  }

  /** The same request with other parameters: one item of a batch. */
  with(parameters: Readonly<Record<string, unknown>>): VenueRequest {
    const query = Object.entries(parameters)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
      .join('&')
    const { method, path, apiKey } = this
    return new VenueRequest({ method, path, apiKey, query, body: '' })
  }

  has(name: string): boolean {
    return this.parameters.has(name)
  }

  /** null when it was not sent; -1105 when it is empty */
  optional(name: string): string | null {
    const value = this.parameters.get(name)
    if (value === undefined) return null
    if (value === '') throw new VenueError(-1105, `Parameter '${name}' was empty.`)
    return value
  }

  text(name: string): string {
    const value = this.optional(name)
    if (value === null) {
      throw new VenueError(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`)
    }
    return value
  }

  amount(name: string): Exact {
    return this.exactOf(name, this.text(name))
  }

  /** zero when it was not sent */
  optionalAmount(name: string): Exact {
    const value = this.optional(name)
    return value === null ? exact(0) : this.exactOf(name, value)
  }

  whole(name: string, otherwise: number): number {
    const value = this.optional(name)
    if (value === null) return otherwise
    if (!WHOLE.test(value)) throw illegal(name)
    return Number(value)
  }

  flag(name: string): boolean {
    const value = this.optional(name)
    if (value === null || value.toLowerCase() === 'false') return false
    if (value.toLowerCase() === 'true') return true
    throw illegal(name)
  }

  private exactOf(name: string, value: string): Exact {
    if (!PLAIN_NUMBER.test(value)) throw illegal(name)
    return exact(value)
  }
}

const illegal = (name: string): VenueError =>
  new VenueError(-1100, `Illegal characters found in parameter '${name}'; legal range is '^[0-9]{1,20}$'.`)

function parsed(parts: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const part of parts) {
    for (const pair of part.split('&')) {
      if (pair === '') continue
      const cut = pair.indexOf('=')
      const name = cut < 0 ? pair : pair.slice(0, cut)
      parameters.set(decoded(name), cut < 0 ? '' : decoded(pair.slice(cut + 1)))
    }
  }
  return parameters
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new VenueError(-1100)
  }
}
