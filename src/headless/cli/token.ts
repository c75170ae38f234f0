/** `signalbox token add|list|remove`: who may use the HTTP door. */
import { type Command, Option } from 'commander'

import { withTokens } from '../../station/compose-upkeep.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { addToken } from '../tokens.ts'
import { homeOf } from './settings-of.ts'

export function addTokenCommand(root: Command, withPlace: (command: Command) => Command): void {
  const token = root.command('token').description('who may use the HTTP door')
  withPlace(token.command('add <name>'))
    .description('make a token; it is shown once')
    .addOption(new Option('--scope <scope>', 'what it may do').choices(['read', 'control']).default('read'))
    .action(async (name: string, { scope, ...flags }: Flags) => {
      const asked = scope === 'control' ? 'control' : 'read'
      console.log(await withTokens(homeOf(flags).folder, (tokens) => addToken(tokens, name, asked, Date.now())))
    })
  withPlace(token.command('list'))
    .description('names and scopes')
    .action(async (flags: Flags) => {
      for (const { name, scope, createdAt } of await withTokens(homeOf(flags).folder, (tokens) => tokens.list()))
        console.log(`${name}  ${scope}  since ${new Date(createdAt).toISOString()}`)
    })
  withPlace(token.command('remove <name>'))
    .description('a removed token stops working at once')
    .action(async (name: string, flags: Flags) => {
      if (!(await withTokens(homeOf(flags).folder, (tokens) => tokens.remove(name))))
        throw new Error(`there is no token named ${name}`)
      console.log(`removed ${name}`)
    })
}
