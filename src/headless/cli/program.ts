/** The command line (SPEC §17). */
import { Command, Option } from 'commander'

import type { Flags } from '../../station/config/from-flags.ts'
import { addKeyCommands } from './key.ts'
import { addPlaceCommand } from './place.ts'
import { withSettings } from './settings-of.ts'
import { start } from './start.ts'
import { addTokenCommand } from './token.ts'
import { addUpkeepCommands } from './upkeep.ts'
import { VERSION } from './version.ts'

export function program(): Command {
  const root = new Command('signalbox')
    .description('A trading control station for Binance USDⓈ-M futures, governed by one live, versioned policy')
    .version(VERSION)
    .showSuggestionAfterError()
    .showHelpAfterError('(--help explains all)')
  withPlace(root.command('start', { isDefault: true }))
    .description('run the station and its HTTP door')
    .option('--headless', 'no window: an address that signs a browser in is printed')
    .option('--host <address>', 'address the door listens on (default 127.0.0.1)')
    .option('--port <n>', 'port the door listens on; 0: any that is free')
    .option('--replay <path>', 'prices from a recorded file or folder instead of the made-up market')
    .option('--symbols <A,B>', 'only these symbols')
    .option('--interval <i>', 'interval of the candles that are read (default 1m)')
    .option('--speed <n>', 'how fast simulated or recorded time runs: a number, or max')
    .option('--exit-at-end', 'end with the recording and print a summary')
    .option('--seed <n>', 'seed of everything that is random')
    .option('--set <key=value...>', 'any other setting, e.g. --set paper.latency_ms=80')
    .action((flags: Flags & { set?: readonly string[] }) => start(withSettings(flags)))
  addUpkeepCommands(root, withPlace)
  addTokenCommand(root, withPlace)
  addKeyCommands(root, withPlace)
  addPlaceCommand(root, withPlace)
  return root
}

/** Flags that say where: every command takes them. */
function withPlace(command: Command): Command {
  return command
    .addOption(new Option('--data <folder>', "the data folder (default: the platform's application data folder)"))
    .addOption(new Option('--config <file>', 'the configuration file (default: signalbox.toml in the data folder)'))
}
