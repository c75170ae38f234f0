/** Where a home's station was last told to be: a small file beside its token, written whole or not at all. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { z } from 'zod'

import { PlaceName } from '../contract/places.ts'
import type { LastMove, PlaceName as Name } from './place-facade.ts'

const Memory = z.object({
  /** gone to last */
  place: PlaceName,
  /** whose data folder is the home itself; those of the others are beneath it */
  at_home: PlaceName,
  last_move: z
    .object({
      at: z.number(),
      from: PlaceName,
      to: PlaceName,
      outcome: z.enum(['arrived', 'came_back']),
      problem: z.string().nullable(),
    })
    .nullable()
    .catch(null),
})

export interface PlaceMemory {
  readonly place: Name
  readonly atHome: Name
  readonly lastMove: LastMove | null
}

const fileIn = (home: string): string => join(home, 'place.json')

/** Null: it was never moved; what cannot be read counts as that. */
export function readPlaceMemory(home: string): PlaceMemory | null {
  const { data } = Memory.safeParse(contentOf(fileIn(home)))
  return data === undefined ? null : { place: data.place, atHome: data.at_home, lastMove: data.last_move }
}

export function writePlaceMemory(home: string, { place, atHome, lastMove }: PlaceMemory): void {
  const file = fileIn(home)
  const draft = `${file}.${process.pid}.new`
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(draft, JSON.stringify({ place, at_home: atHome, last_move: lastMove }), { mode: 0o600 })
  renameSync(draft, file)
}

/** Each place has a data folder of its own: paper money and real money never share a journal. */
export const folderOfPlace = (home: string, place: Name, atHome: Name): string =>
  place === atHome ? home : join(home, 'places', place)

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
