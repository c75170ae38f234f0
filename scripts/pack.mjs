// Packages the application with electron-builder: `pack linux|win|mac [flags…]`, or `pack dir` for a folder of this system.
import { spawnSync } from 'node:child_process'

import { build } from './build.mjs'
import { root } from './toolchain.mjs'

const TARGETS = { linux: ['--linux'], win: ['--win'], mac: ['--mac'], dir: ['--dir'] }

/** The answer is the exit code. */
export function pack(tools, [target = 'dir', ...flags]) {
  const chosen = TARGETS[target]
  if (!chosen) {
    console.error(`signalbox: nothing is packaged for '${target}'; there are ${Object.keys(TARGETS).join(', ')}`)
    return 2
  }
  const code = build(tools)
  if (code !== 0) return code
  const { node, env, bin } = tools
  const args = [bin('electron-builder'), ...chosen, '--publish', 'never', ...flags]
  return spawnSync(node, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1
}
