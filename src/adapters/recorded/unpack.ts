/** The bytes of a CSV file, plain, gzipped or as the one CSV inside a ZIP. */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'

import { unzipSync } from 'fflate'

/** Throws with what was wrong when the file cannot be read or unpacked. */
export async function unpacked(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path)
  if (path.endsWith('.gz')) return gunzipSync(bytes)
  if (!path.endsWith('.zip')) return bytes
  const [csv] = Object.values(unzipSync(bytes, { filter: ({ name }) => name.endsWith('.csv') }))
  if (csv === undefined) throw new Error('the ZIP holds no CSV file')
  return csv
}
