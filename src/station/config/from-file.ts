/** Configuration from the text of signalbox.toml. */
import { parse, TomlError } from 'smol-toml'

import { isPlain, ownValue, type Plain } from '../../core/policy/merge.ts'
import { didYouMean } from '../../core/policy/near-miss.ts'
import { judged, type Layer, type Said } from './layer.ts'
import type { ConfigurationKey } from './section.ts'

/** The document, or null and a fault that names the line. */
function parsed(text: string, faults: string[]): Plain | null {
  try {
    return parse(text)
  } catch (problem) {
    if (!(problem instanceof TomlError)) throw problem
    // the message goes on with the lines around the fault, which may hold secrets
    const [what = ''] = problem.message.split('\n')
    faults.push(`file, line ${problem.line}: ${what.replace('Invalid TOML document: ', '')}`)
    return null
  }
}

function readSection(
  name: string,
  table: Plain,
  keys: readonly ConfigurationKey[],
  layer: Map<string, Said>,
): string[] {
  const faults: string[] = []
  const paths = keys.map((key) => key.path)
  for (const entry of Object.keys(table)) {
    const path = `${name}.${entry}`
    const key = keys.find((each) => each.path === path)
    if (key === undefined) {
      faults.push(`file: ${path} is not a setting${didYouMean(path, paths)}`)
      continue
    }
    const value = judged(key, ownValue(table, entry), 'file', faults)
    if (value !== undefined) layer.set(path, { value, origin: 'file' })
  }
  return faults
}

export function fromFile(text: string, keys: readonly ConfigurationKey[], faults: string[]): Layer {
  const layer = new Map<string, Said>()
  const document = parsed(text, faults)
  if (document === null) return layer
  const tableOf = (key: ConfigurationKey): string => key.path.slice(0, key.path.indexOf('.'))
  const names = [...new Set(keys.map(tableOf))]
  for (const [name, table] of Object.entries(document)) {
    const own = keys.filter((key) => tableOf(key) === name)
    const isTable = isPlain(table) && !(table instanceof Date)
    if (own.length === 0) {
      const what = isTable ? `[${name}] is not a section` : `${name} stands outside a section`
      faults.push(`file: ${what}${didYouMean(name, isTable ? names : keys.map((key) => key.path))}`)
    } else if (isTable) faults.push(...readSection(name, table, own, layer))
    else faults.push(`file: ${name} is a section: write [${name}]`)
  }
  return layer
}
