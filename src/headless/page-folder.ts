/** Where the built control room lies: `out/renderer`, seen alike from the sources and from the built station. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..', '..', 'out', 'renderer')

/** undefined: it was not built */
export const findPageFolder = (): string | undefined => (existsSync(join(FOLDER, 'index.html')) ? FOLDER : undefined)
