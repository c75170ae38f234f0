/** What the desktop's tests share: launching, waiting, and checks that hold each guard against its own absence. */
import { AssertionError } from 'node:assert'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { type Desktop, launch, type LaunchOptions, type Mutation } from './harness/launch.ts'

export const MAIN = 'main/index.js'
export const PRELOAD = 'preload/index.cjs'
/** a page that is not ours */
export const internet = { 'https://evil.test/': '<h1>evil</h1>' }
/** A small market: the station is up in a moment. */
const SMALL = ['--set', 'simulator.symbols=3', '--speed', '60']

type Check = (desktop: Desktop) => Promise<void>

/** Launches, checks, and closes whatever happens. */
export async function onDesktop(check: Check, { args = [], ...options }: LaunchOptions = {}): Promise<void> {
  const desktop = await launch({ internet, args: [...SMALL, ...args], ...options })
  try {
    await check(desktop)
    expect(desktop.problems).toEqual([])
  } finally {
    await desktop.close()
  }
}

/** Waits for something that is to happen; what never happens fails as any other expectation. */
export async function until(what: () => unknown, ms = 4000): Promise<void> {
  const end = Date.now() + ms
  do {
    if (await what()) return
    await sleep(10)
  } while (Date.now() < end)
  throw new AssertionError({ message: `never happened within ${ms} ms: ${String(what)}` })
}

/** Long enough for what must not happen to have happened. */
export const aMoment = (): Promise<void> => sleep(150)

/** The check holds for the bundle as built, and fails as a check, not by accident, once the line that earns it is broken. */
export function guarded(
  name: string,
  check: Check,
  ...mutants: readonly (readonly [name: string, ...Mutation[]])[]
): void {
  guardedWith({}, name, check, ...mutants)
}

export function guardedWith(
  options: LaunchOptions,
  name: string,
  check: Check,
  ...mutants: readonly (readonly [name: string, ...Mutation[]])[]
): void {
  test(name, () => onDesktop(check, options))
  for (const [mutant, ...mutate] of mutants)
    test(`${name}: caught when ${mutant}`, async () => {
      const problem: unknown = await onDesktop(check, { ...options, mutate }).catch((caught: unknown) => caught)
      expect((problem as { name?: string } | undefined)?.name).toBe('AssertionError')
    })
}
