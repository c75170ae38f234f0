/** Commits policy after policy until it is killed; a version is told on standard output once it is acknowledged. */
import { writeSync } from 'node:fs'

import { openDatabase } from '../../../../src/adapters/sqlite/open-database.ts'
import { storeOf } from '../../../../src/adapters/sqlite/store.ts'
import { policyVersion } from '../rows.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('the data folder must be named')
const { policies, paper } = storeOf(openDatabase(folder, { backgroundCheckpoints: true }))
const found = policies.load()
if (found === 'unreadable') throw new Error('the policy is unreadable')
let version = found?.policy.version ?? 0
for (;;) {
  version += 1
  policies.commit(policyVersion(version, { reason: 'r'.repeat(version % 5_000) }, version % 7 === 0))
  paper.commit([{ kind: 'order', key: 'last', at: version, value: String(version) }], [])
  writeSync(1, `${version}\n`)
}
