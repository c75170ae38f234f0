// Everything that must hold, cheapest first: checks of the source, the build, then all tests. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { root, toolchain } from './toolchain.mjs'

const { node, env, bin } = toolchain()
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const checksOnly = process.argv.includes('--checks-only')

const checks = [
  ['format', [bin('oxfmt'), '--check']],
  ['lint', [bin('oxlint'), '--deny-warnings']],
  ['types', [bin('typescript'), '-b']],
  ['import direction', [bin('dependency-cruiser'), 'src', '--config', '.dependency-cruiser.cjs']],
  ['dead code', [bin('knip')]],
  ['build', [bin('vite'), 'build', '--logLevel', 'warn']],
]

let passed = 0
let failed = 0

function check([name, args]) {
  const started = Date.now()
  const done = spawnSync(node, args, { cwd: root, env, encoding: 'utf8' })
  const ok = done.status === 0
  if (ok) passed += 1
  else failed += 1
  console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!ok) console.log(done.stdout + done.stderr)
}

function tests() {
  const report = join(root, '.cache', 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only]
  const done = spawnSync(node, [bin('vitest'), ...args], { cwd: root, env, stdio: 'inherit' })
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'))
    passed += result.numPassedTests
    failed += result.numFailedTests + result.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length
  } catch (problem) {
    console.error(`the test report could not be read: ${problem.message}`)
    failed += 1
  }
  // unhandled rejections and the like fail a run without failing a test
  if (done.status !== 0 && failed === 0) failed += 1
}

if (only.length === 0) checks.forEach(check)
if (!checksOnly) tests()
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
