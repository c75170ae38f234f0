/** One look whether the exchange answers from here. Asks for nothing but an answer, without keys and without the client. */
const HTTP_OK = 200

/** null: it answers; else why not, for people. Never longer than `timeoutMs`. */
export async function whyUnreachable(rest: string, timeoutMs: number): Promise<string | null> {
  const { host } = new URL(rest)
  try {
    const { status } = await fetch(`${rest}/fapi/v1/ping`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
    return status === HTTP_OK ? null : `${host} answers ${status}${FROM_HERE[status] ?? ''}`
  } catch (problem) {
    return `${host} ${wordsOf(problem, timeoutMs)}`
  }
}

const FROM_HERE: Readonly<Record<number, string>> = {
  403: ': it refuses this network',
  418: ': this address is banned for a while',
  429: ': too much was asked from this address',
  451: ': it does not serve this place',
  503: ': it is out of service',
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'cannot be found: there is no network, or its name is not known',
  EAI_AGAIN: 'cannot be found: there is no network, or names cannot be asked for',
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'cuts the connection',
  ENETUNREACH: 'cannot be reached: there is no network',
  EHOSTUNREACH: 'cannot be reached from this network',
}

function wordsOf(problem: unknown, timeoutMs: number): string {
  if (!(problem instanceof Error)) return `cannot be asked: ${String(problem)}`
  if (problem.name === 'TimeoutError') return `does not answer within ${timeoutMs / 1000} s`
  const { cause } = problem
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return WORDS[code] ?? `cannot be asked: ${cause instanceof Error ? cause.message : problem.message}`
}
