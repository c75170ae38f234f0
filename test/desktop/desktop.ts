/** What the desktop's tests share: launching, waiting, and checks that hold each guard against its own absence. */
import { AssertionError } from 'node:assert'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { FakeStation } from '../fixtures/facade.ts'
import { type Desktop, launch, type LaunchOptions, type Mutation } from './harness/launch.ts'
import { Stage } from './staged-station.ts'

/** a page that is not ours */
const internet = { 'https://evil.test/': '<h1>evil</h1>' }

/** What never happens is waited for this long, and shorter where it is known not to happen. */
const PATIENCE_MS = 6000
const MUTANT_PATIENCE_MS = 2500
let patienceMs = PATIENCE_MS

/** Launches, checks, and closes whatever happens. */
export async function onDesktop(
  check: (desktop: Desktop) => Promise<void>,
  options: LaunchOptions = {},
): Promise<void> {
  const desktop = await launch({ internet, ...options })
  try {
    await check(desktop)
    expect(desktop.problems).toEqual([])
  } finally {
    await desktop.close()
  }
}

/** Waits for something that is to happen; what never happens fails as any other expectation. */
export async function until(what: () => unknown): Promise<void> {
  const end = Date.now() + patienceMs
  do {
    if (await what()) return
    await sleep(10)
  } while (Date.now() < end)
  throw new AssertionError({ message: `never happened within ${patienceMs} ms: ${String(what)}` })
}

/** Long enough for what must not happen to have happened. */
export const aMoment = (): Promise<void> => sleep(150)

type Story = (desktop: Desktop, station: FakeStation, stage: Stage) => Promise<void>
type Mutant = readonly [name: string, ...Mutation[]]

interface StagedOptions extends LaunchOptions {
  readonly alter?: (station: FakeStation) => void
}

/** One launch of the built application with a station of the test's own behind it. */
function onStage(story: Story, { alter, mutate = [], ...options }: StagedOptions): Promise<void> {
  const station = new FakeStation()
  alter?.(station)
  const stage = new Stage(station)
  const check = (desktop: Desktop): Promise<void> => story(desktop, station, stage)
  return onDesktop(check, { ...options, mutate: [...stage.mutations, ...mutate] })
}

/** The story holds for the bundle as built, and fails as a story, not by accident, once the line that earns it is broken. */
export function guarded(name: string, options: StagedOptions, story: Story, ...mutants: readonly Mutant[]): void {
  test(name, () => onStage(story, options))
  for (const [mutant, ...mutate] of mutants)
    test(`${name}: caught when ${mutant}`, async () => {
      patienceMs = MUTANT_PATIENCE_MS
      const ended = onStage(story, { ...options, mutate: [...(options.mutate ?? []), ...mutate] })
      const problem: unknown = await ended.catch((caught: unknown) => caught)
      patienceMs = PATIENCE_MS
      expect((problem as { name?: string } | undefined)?.name).toBe('AssertionError')
    })
}
