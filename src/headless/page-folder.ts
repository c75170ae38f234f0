/** Where the built control room lies: beside the built station, or in `out` when the station runs from its sources. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const CANDIDATES = ['../renderer', '../../out/renderer']

/** undefined: it was not built */
export const findPageFolder = (): string | undefined =>
  CANDIDATES.map((candidate) => join(import.meta.dirname, candidate)).find((folder) =>
    existsSync(join(folder, 'index.html')),
  )
