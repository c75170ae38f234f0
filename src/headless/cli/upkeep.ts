/** Commands on a data folder: config, verify, watch, report, import, export, backup, restore. */
import type { Command } from 'commander'

import { backup, exportJournal, importInto, report, restore } from '../../station/compose-upkeep.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { folderOf, settingsOf } from './settings-of.ts'
import { verifyAll } from './verify.ts'
import { watch } from './watch.ts'

type Place = (command: Command) => Command

export function addUpkeepCommands(root: Command, withPlace: Place): void {
  withPlace(root.command('config'))
    .description('print every setting, its value and where it comes from')
    .action((flags: Flags) => printSettings(flags))
  withPlace(root.command('verify'))
    .description('check the database and whether the books agree; of a running station also each of its parts')
    .action((flags: Flags) => verifyAll(flags))
  withPlace(root.command('watch'))
    .description('what changes in a running station and what it decides, line by line')
    .option('--json', 'each change as a line of JSON')
    .action((flags: Flags) => watch(flags))
  withPlace(root.command('report'))
    .description('the last day of the journal, and the whole of it')
    .option('--day <date>', 'only this day, like 2025-01-31, or today')
    .action(async ({ day, ...flags }: Flags) =>
      console.log(await report(folderOf(flags), day === undefined ? null : String(day), Date.now())),
    )
  withPlace(root.command('import <path>'))
    .description('bring recorded candles of a file or folder into the journal')
    .option('--interval <i>', 'interval of the candles that are read (default 1m)')
    .action((path: string, flags: Flags) => importCandles(path, flags))
  withPlace(root.command('export'))
    .description('write the journal as JSON lines')
    .requiredOption('--canonical', 'all tables in key order: the same run gives the same bytes')
    .option('--output <file>', 'a file instead of standard output')
    .action(({ data, config, output }: Flags) =>
      exportJournal(folderOf({ data, config }), output === undefined ? null : String(output)),
    )
  withPlace(root.command('backup'))
    .description('copy the database into the folder backups; also beside a running station')
    .action(async (flags: Flags) => console.log(await backup(folderOf(flags), Date.now())))
  withPlace(root.command('restore <backup>'))
    .description('put a backup in the place of the database; the one it replaces is kept aside')
    .action((file: string, flags: Flags) => {
      const { keptAside } = restore(folderOf(flags), file, Date.now())
      console.log(keptAside === null ? 'restored' : `restored; the database before it is ${keptAside}`)
    })
}

function printSettings(flags: Flags): void {
  const { effective, file, dataFolder } = settingsOf(flags)
  console.log(`data folder ${dataFolder}; ${file === null ? 'no configuration file' : `configuration file ${file}`}`)
  const widest = Math.max(...effective.map(({ key }) => key.length))
  for (const { key, value, origin } of effective) console.log(`${key.padEnd(widest)}  ${value}  (${origin})`)
}

async function importCandles(path: string, { interval, ...place }: Flags): Promise<void> {
  const { dataFolder, settings } = settingsOf({ ...place, ...(interval === undefined ? {} : { interval }) })
  const { stored, faults } = await importInto(dataFolder, path, settings.market.interval)
  for (const fault of faults) console.log(`left out: ${fault}`)
  console.log(`${String(stored)} candles stored`)
}
