/** The parts of the running station, whether each is connected, and what each last saw (SPEC §17, `verify`). */
import { POLICY_READERS } from './policy-readers.ts'
import type { Rooms } from './rooms.ts'

export interface StationComponent {
  readonly name: string
  readonly isConnected: boolean
  /** of the policy it last read; null: it reads none, or has not yet */
  readonly version: number | null
  /** epoch ms of the station's clock at which it last read, or was told something; null: never, or not kept */
  readonly at: number | null
  /** what it says of itself, for people */
  readonly detail: string
}

/** What the station hangs on outside itself. */
const LINKS: ReadonlySet<string> = new Set(['feed', 'venue', 'database'])

export function componentsOf({ policy, readers, market, executor, safety }: Rooms): readonly StationComponent[] {
  const { version, updatedAt, riskMode } = policy.current
  const heardAt: Readonly<Record<string, number | null>> = { feed: market.lastAt, venue: executor.reconciler.doneAt }
  const links = safety.health.now().components.filter(({ component }) => LINKS.has(component))
  return [
    { name: 'policy_store', isConnected: true, version, at: updatedAt, detail: riskMode },
    ...POLICY_READERS.map((name) => {
      const reading = readers.of(name)
      const detail = reading === null ? 'has not read yet' : ''
      return { name, isConnected: true, version: reading?.version ?? null, at: reading?.at ?? null, detail }
    }),
    ...links.map(({ component, status, detail }) => ({
      name: component,
      isConnected: status !== 'CRITICAL',
      version: null,
      at: heardAt[component] ?? null,
      detail,
    })),
  ]
}
