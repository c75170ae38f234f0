// Everything that must hold, cheapest first: checks of the source, the build, then all tests. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { buildIfStale } from './build.mjs'
import { ensureChromium } from './chromium.ts'
import { root, toolchain } from './toolchain.mjs'

const tools = toolchain()
const { node, env, bin } = tools
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const checksOnly = process.argv.includes('--checks-only')

const checks = [
  ['format', [bin('oxfmt'), '--check']],
  ['lint', [bin('oxlint'), '--deny-warnings']],
  ['types', [bin('typescript'), '-b']],
  ['import direction', [bin('dependency-cruiser'), 'src', '--config', '.dependency-cruiser.cjs']],
  ['dead code', [bin('knip')]],
  ['build', [bin('electron-vite'), 'build', '--logLevel', 'warn']],
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

const resultOf = (file) => JSON.parse(readFileSync(join(root, '.cache', file), 'utf8'))

/** Runs one suite on this terminal and counts what its report says; a run that fails without a failed test counts as one. */
function suite(name, args, count) {
  const before = failed
  const done = spawnSync(node, args, { cwd: root, env, stdio: 'inherit' })
  try {
    count()
  } catch (problem) {
    console.error(`the report of ${name} could not be read: ${problem.message}`)
    failed += 1
  }
  if (done.status !== 0 && failed === before) failed += 1
}

function unitTests() {
  const report = `--outputFile.json=${join(root, '.cache', 'vitest.json')}`
  suite('the tests', [bin('vitest'), 'run', '--reporter=default', '--reporter=json', report, ...only], () => {
    const { numPassedTests, numFailedTests, testResults } = resultOf('vitest.json')
    passed += numPassedTests
    failed +=
      numFailedTests + testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length
  })
}

function screens() {
  if (globSync('test/e2e/**/*.e2e.ts', { cwd: root }).length === 0) return
  suite('the screens', [bin('@playwright/test'), 'test'], () => {
    const { stats } = resultOf('playwright.json')
    passed += stats.expected + stats.flaky
    failed += stats.unexpected
  })
}

/** What both suites need: what is built, and a browser. */
function prepare() {
  if (buildIfStale(tools) !== 0) failed += 1
  const chromium = ensureChromium(bin('@playwright/test'))
  if (chromium === null) failed += 1
  else env.CHROMIUM = chromium
}

if (only.length === 0) checks.forEach(check)
if (!checksOnly) {
  prepare()
  unitTests()
  if (only.length === 0) screens()
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
