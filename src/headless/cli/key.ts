/** `signalbox key add|list|check|remove` and `signalbox go-live`: keys never stand on the command line. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

import { Argument, type Command } from 'commander'

import type { KeyPlace } from '../../contract/keys.ts'
import { fileVaultOf } from '../../station/compose-vault.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { KeyDesk } from '../../station/key-desk.ts'
import type { KeyFacade } from '../../station/key-facade.ts'
import { homeOf, withSettings } from './settings-of.ts'

type WithPlace = (command: Command) => Command

const SET = ['--set <key=value...>', 'any setting, e.g. the address of a venue: --set exchange.rest=…'] as const
type SetFlags = Flags & { set?: readonly string[] }

const place = (): Argument => new Argument('<account>').choices(['simulated', 'demo', 'live'])

export function addKeyCommands(root: Command, withPlace: WithPlace): void {
  const key = root.command('key').description('keys of accounts at the exchange, kept in a file only its owner reads')
  withPlace(key.command('add').addArgument(place()))
    .description('ask for key and secret, try them, and keep them if the exchange lets them trade')
    .option(...SET)
    .action((account: KeyPlace, flags: SetFlags) => addKey(account, withSettings(flags)))
  withPlace(key.command('check').addArgument(place()))
    .description('what the exchange says the kept key may do, and whether the account is set up')
    .option('--fix', 'set what of the account the station can set')
    .option(...SET)
    .action((account: KeyPlace, flags: SetFlags) => checkKept(account, withSettings(flags)))
  withPlace(key.command('list'))
    .description('accounts with keys, and where these are kept')
    .action(async (flags: Flags) => {
      const kept = await deskOf(flags).list()
      for (const { place: account, ending, keptIn } of kept) console.log(`${account}  …${ending}  in ${keptIn}`)
      if (kept.length === 0) console.log('no keys')
    })
  withPlace(key.command('remove').addArgument(place()))
    .description('forget the keys of an account')
    .action(async (account: KeyPlace, flags: Flags) => {
      const result = await deskOf(flags).remove(account, 'user')
      if (result.outcome === 'refused') throw new Error(result.reason)
      if (result.outcome === 'missing') throw new Error(`there are no keys for ${account}`)
      console.log(`removed the keys of ${account}`)
    })
  withPlace(root.command('go-live'))
    .description('confirm, in typed words, that real money may be traded from this data folder')
    .action(async (flags: Flags) => {
      const { confirmLive, LIVE_WORDS } = await import('../../station/compose-keys.ts')
      const dataFolder = homeOf(flags).folderOf('live')
      console.log(`Orders of this station would be sent to the exchange with real money: ${dataFolder}`)
      const [words] = await asked([`Type ${LIVE_WORDS} to allow it: `])
      confirmLive(dataFolder, words ?? '', Date.now())
      console.log('Real money may be traded from the next start with exchange.account = "live".')
    })
}

function deskOf(flags: Flags): KeyFacade {
  const home = homeOf(flags)
  return new KeyDesk({
    vault: fileVaultOf(home.folder),
    // a station that runs beside goes on with the keys it has
    inUse: null,
    // the exchange's client is large: commands that do not ask the exchange do not load it
    trials: async () => (await import('../../station/compose-keys.ts')).trialsAt(home.configuration.settings),
    changed: () => undefined,
  })
}

async function addKey(account: KeyPlace, flags: Flags): Promise<void> {
  const [apiKey = '', secret = ''] = await asked(
    [`API key of the ${account} account (not shown): `, 'its secret (not shown): '],
    true,
  )
  if (apiKey === '' || secret === '') throw new Error('key and secret are both needed; nothing was kept')
  const result = await deskOf(flags).add(account, { apiKey, secret }, 'user')
  if (result.outcome === 'refused') throw new Error(result.reason)
  const { findings, setup, ending } = result.report
  for (const sentence of [...findings, ...setup.map((each) => each.sentence)]) console.log(sentence)
  if (!result.isSaved) throw new Error('nothing was kept')
  console.log(`kept the keys of ${account} (…${ending})`)
}

async function checkKept(account: KeyPlace, { fix, ...flags }: Flags): Promise<void> {
  const desk = deskOf(flags)
  const result = await (fix === true ? desk.fix(account, 'user') : desk.check(account))
  if (result.outcome === 'refused') throw new Error(result.reason)
  if (result.outcome === 'missing') throw new Error(`there are no keys for ${account}`)
  const { verdict, findings, setup } = result.report
  console.log(`${account}: ${verdict}`)
  for (const sentence of [...findings, ...setup.map((each) => each.sentence)]) console.log(`  ${sentence}`)
  if (verdict === 'refused' || setup.length > 0) process.exitCode = 1
}

/** One line of standard input for each question; missing ones are empty. `isHidden`: a terminal does not show what is typed. */
async function asked(questions: readonly string[], isHidden = false): Promise<readonly string[]> {
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = isHidden && process.stdin.isTTY
  const reader = createInterface({ input: process.stdin, ...(terminal ? { output: mute, terminal } : {}) })
  const lines = reader[Symbol.asyncIterator]()
  const answers: string[] = []
  for (const question of questions) {
    process.stdout.write(question)
    const line = await lines.next()
    answers.push(line.done === true ? '' : line.value.trim())
    if (terminal) process.stdout.write('\n')
  }
  reader.close()
  process.stdin.unref()
  return answers
}
