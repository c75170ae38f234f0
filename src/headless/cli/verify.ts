/** `signalbox verify`: whether the books of a data folder agree, and whether its running station hangs together. */
import { verify } from '../../station/compose-upkeep.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { lineTo, type Line } from './line.ts'
import { homeOf } from './settings-of.ts'

export async function verifyAll(flags: Flags): Promise<void> {
  const home = homeOf(flags)
  const isSound = await verifyFolder(home.configuration.dataFolder)
  const line = await lineTo(home.folder)
  if (line === null) console.log('no station runs here')
  const isConnected = line === null || (await verifyStation(line))
  if (!isSound || !isConnected) process.exitCode = 1
}

async function verifyFolder(folder: string): Promise<boolean> {
  const verdicts = await verify(folder)
  for (const { check, ok, faultCount, faults } of verdicts) {
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${check}${ok ? '' : `: ${String(faultCount)} faults`}`)
    for (const fault of faults) console.log(`       ${fault}`)
  }
  return verdicts.every(({ ok }) => ok)
}

async function verifyStation({ address, client, close }: Line): Promise<boolean> {
  try {
    const { items, policy_version: inForce } = await client.station.components()
    console.log(`station at ${address}, policy version ${String(inForce)}`)
    const widest = Math.max(...items.map(({ name }) => name.length))
    for (const { name, connected, version, age_ms: ageMs, detail } of items) {
      const said = [
        connected ? 'connected' : 'not connected',
        ...(version === null ? [] : [`last read version ${String(version)}`]),
        ...(ageMs === null ? [] : [`${ageOf(ageMs)} ago`]),
        ...(detail === '' ? [] : [detail]),
      ]
      console.log(`${connected ? 'ok  ' : 'FAIL'} ${name.padEnd(widest)}  ${said.join(', ')}`)
    }
    return items.every(({ connected }) => connected)
  } finally {
    close()
  }
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** `1.5 min` */
export function ageOf(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms >= each) ?? ['ms', 1]
  return `${Number((ms / size).toFixed(1))} ${unit}`
}
