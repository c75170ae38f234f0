/** What must hold of any run whatever happened in it: the file is sound, the books agree, everything has its reason. */
import { expect } from 'vitest'

import { verify } from '../../../src/station/compose-upkeep.ts'
import type { WholeStation } from '../../fixtures/whole-station.ts'
import { expectSoundBooks } from './accounting.ts'
import { expectExplained } from './explanation.ts'

export async function expectSound(station: WholeStation): Promise<void> {
  const verdicts = await verify(station.folder)
  expect(verdicts.filter(({ ok }) => !ok)).toEqual([])
  expectSoundBooks(station)
  expectExplained(station.folder)
}
