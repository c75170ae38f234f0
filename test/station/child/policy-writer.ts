/** Changes the policy as fast as it can and says each acknowledged version; its parent kills it. */
import { writeSync } from 'node:fs'

import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts'
import { SqlitePolicyShelf } from '../../../src/adapters/sqlite/policy-shelf.ts'
import { INITIAL_POLICY } from '../../../src/core/policy/initial-policy.ts'
import { PolicyStore } from '../../../src/station/policy-store.ts'

const folder = process.argv[2] ?? ''
const shelf = new SqlitePolicyShelf(openDatabase(folder))
const store = new PolicyStore({ shelf, now: Date.now, initial: INITIAL_POLICY, exposed: () => false })

for (let write = 0; ; write++) {
  const maxPositions = 1 + (write % 100)
  const result = store.change({ maxPositions }, { actor: 'user', reason: String(maxPositions) })
  if (result.outcome !== 'accepted') throw new Error(result.outcome)
  writeSync(1, `${result.policy.version} ${maxPositions}\n`)
}
