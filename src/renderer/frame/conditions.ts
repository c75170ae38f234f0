/** The one condition that a person must know of now: the most severe of all that hold. Pure. */
import { actorText, capitalised } from '../limits/actor-text.ts'
import type { LiveReplica } from '../state/live-state.ts'
import { formatSpan, localClock } from '../widgets/format-time.ts'
import { counted, keepsText, stopPlan } from './stop-plan.ts'

export interface Condition {
  /** stays the same while the condition does */
  readonly id: string
  readonly level: 'warning' | 'caution'
  readonly icon: 'octagon' | 'shieldOff' | 'warning'
  /** bold at the beginning of the sentence */
  readonly what: string
  readonly rest: string
  readonly verb?: {
    readonly label: string
    readonly action: 'reconnect' | 'release' | 'close' | 'see' | 'acknowledge' | 'live-prices'
    readonly symbol?: string
    /** of the alert */
    readonly id?: string
  }
}

type Judge = (replica: LiveReplica, now: number) => Condition | null

/** A silent exchange is a condition after this long, not at each hiccup. */
const PRICES_SILENT_MS = 10_000

const signedOut: Judge = ({ link }) =>
  link.phase !== 'signed-out'
    ? null
    : {
        id: 'signed-out',
        level: 'caution',
        icon: 'warning',
        what: 'This page is signed out.',
        rest: ' Open the sign-in link that the station printed. Trading goes on there.',
        verb: { label: 'Try again', action: 'reconnect' },
      }

const moved: Judge = ({ moving, at, seq }, now) =>
  moving === null
    ? null
    : {
        id: 'moving',
        level: 'caution',
        icon: 'warning',
        what: 'The station is changing place…',
        rest: ` It goes to ${moving.title}, for ${formatSpan(now - moving.since)}; this page comes back by itself.${seq === 0 ? '' : ` Figures are from ${localClock(at)}.`}`,
      }

const lost: Judge = ({ link, at, seq }, now) =>
  link.phase !== 'lost'
    ? null
    : {
        id: 'lost',
        level: 'caution',
        icon: 'warning',
        what: 'Station not answering',
        rest: ` for ${formatSpan(now - link.since)}.${seq === 0 ? '' : ` Figures are from ${localClock(at)}. Trading goes on there.`}`,
        verb: { label: 'Reconnect now', action: 'reconnect' },
      }

const unprotected: Judge = ({ positions, at }) => {
  const bare = [...positions.values()].filter((position) => !position.is_protected)
  // ours first: those are being mended, and can be closed at once
  const first = bare.find((position) => !position.is_foreign) ?? bare[0]
  if (first === undefined) return null
  const since = first.unprotected_since === null ? 0 : at - Date.parse(first.unprotected_since)
  const others = bare.length === 1 ? '' : ` and ${counted(bare.length - 1, 'other')}`
  if (first.is_foreign)
    return {
      id: `unprotected ${first.symbol}`,
      level: 'warning',
      icon: 'shieldOff',
      what: `${first.symbol}${others} ${bare.length === 1 ? 'has' : 'have'} no stop`,
      rest: ' at the exchange and is not ours: adopt it with a stop, or close it.',
      verb: { label: `See ${first.symbol}`, action: 'see', symbol: first.symbol },
    }
  return {
    id: `unprotected ${first.symbol}`,
    level: 'warning',
    icon: 'shieldOff',
    what: `${first.symbol}${others} ${bare.length === 1 ? 'has' : 'have'} had no stop`,
    rest: ` at the exchange for ${formatSpan(since)}. Placing it again.`,
    verb: { label: `Close ${first.symbol} now`, action: 'close', symbol: first.symbol },
  }
}

const stopped: Judge = (replica) => {
  const emergency = replica.policy?.emergency ?? null
  if (emergency === null) return null
  const plan = stopPlan(replica)
  return {
    id: 'stopped',
    level: 'warning',
    icon: 'octagon',
    what: 'Trading stopped',
    rest: ` by ${actorText(emergency.by)} at ${localClock(Date.parse(emergency.engaged_at))}: ${emergency.reason}. ${plan.open === 0 ? 'Nothing is open.' : `Kept: ${keepsText(plan)}.`}`,
    verb: { label: 'Release…', action: 'release' },
  }
}

/** A critical alert that nobody has seen yet: the newest of them. */
const unseen: Judge = ({ alerts }) => {
  const open = [...alerts.values()].filter(
    ({ severity, cleared_at: cleared, acknowledged_at: seen }) =>
      severity === 'critical' && cleared === null && seen === null,
  )
  const alert = open.at(-1)
  if (alert === undefined) return null
  const others = open.length === 1 ? '' : ` ${counted(open.length - 1, 'more alert')} not seen.`
  return {
    id: `alert ${alert.id}`,
    level: 'warning',
    icon: 'warning',
    what: capitalised(alert.message),
    rest: `${/[.!?]$/.test(alert.message) ? '' : '.'} Raised ${localClock(Date.parse(alert.raised_at))}.${others}`,
    verb: { label: 'Acknowledge', action: 'acknowledge', id: alert.id },
  }
}

const caution = (id: string, what: string, rest: string): Condition => ({
  id,
  level: 'caution',
  icon: 'warning',
  what,
  rest,
})

const venueDown: Judge = ({ status }) =>
  status === null || status.venue_up || status.phase !== 'running'
    ? null
    : caution(
        'venue',
        'The exchange does not answer.',
        ' No entries until books and exchange agree again; stops stand there.',
      )

const silent: Judge = ({ status, quotesAt }, now) => {
  if (status === null || status.phase !== 'running' || status.paused || quotesAt === 0) return null
  const age = now - quotesAt
  return age < PRICES_SILENT_MS
    ? null
    : caution('silent', 'No prices', ` for ${formatSpan(age)}. Nothing is opened on old prices.`)
}

const governed: Judge = ({ governor }) => {
  if (governor === null || governor.level === 'NORMAL' || governor.level === 'ELEVATED') return null
  const exit = governor.exit === null ? '' : ` Until ${governor.exit}.`
  return caution(
    `governor ${governor.level}`,
    `Governor at ${governor.level.toLowerCase()}`,
    `${governor.cause === null ? '' : `: ${governor.cause}`}.${exit}`,
  )
}

const entriesOff: Judge = ({ status }) =>
  status === null || status.phase !== 'running' || status.entries_off === null
    ? null
    : caution('entries-off', 'No new entries:', ` ${status.entries_off}.`)

const phase: Judge = ({ status }) => {
  if (status === null || status.phase === 'running') return null
  if (status.phase === 'finished')
    return caution('finished', 'The recording has ended.', ' Nothing moves any more; all records stay readable.')
  return caution(`phase ${status.phase}`, `The station is ${status.phase}.`, ' No entries until it runs.')
}

/** Live prices were wanted and are made up: it stands for as long as it lasts. */
const madeUp: Judge = ({ alerts }) => {
  const standing = [...alerts.values()].filter(({ cleared_at: cleared }) => cleared === null)
  const notice = standing.find(({ code }) => code === 'simulated_prices')
  if (notice === undefined) return null
  const told = caution('made-up', 'Prices are made up', `${notice.message.replace(/^prices are made up/, '')}.`)
  return standing.every(({ code }) => code !== 'exchange_answers')
    ? told
    : {
        ...told,
        rest: `${told.rest} The exchange answers again.`,
        verb: { label: 'Go to live prices…', action: 'live-prices' },
      }
}

const IN_ORDER: readonly Judge[] = [
  signedOut,
  moved,
  lost,
  unprotected,
  stopped,
  unseen,
  venueDown,
  silent,
  governed,
  phase,
  entriesOff,
  madeUp,
]

/** `now`: epoch ms of this machine */
export function severest(replica: LiveReplica, now: number): Condition | null {
  if (replica.link.phase === 'connecting') return null
  for (const judge of IN_ORDER) {
    const condition = judge(replica, now)
    if (condition !== null) return condition
  }
  return null
}
