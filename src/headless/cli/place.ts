/** `signalbox place [place]`: where the station trades; tells it, or sets where its next start goes. */
import { Argument, type Command } from 'commander'

import { PLACE_NAMES, type PlaceName } from '../../contract/places.ts'
import type { Flags } from '../../station/config/from-flags.ts'
import { titleOf } from '../../station/place-words.ts'
import { lineTo } from './line.ts'
import { homeOf } from './settings-of.ts'

export function addPlaceCommand(root: Command, withPlace: (command: Command) => Command): void {
  const names = new Argument('[place]', 'where the next start goes; without it: where it would go').choices(PLACE_NAMES)
  withPlace(root.command('place').addArgument(names))
    .description('where the station trades: each place has a journal of its own')
    .action(async (place: PlaceName | undefined, flags: Flags) => {
      const home = homeOf(flags)
      if (place !== undefined) {
        const line = await lineTo(home.folder)
        line?.close()
        if (line !== null)
          throw new Error('a station runs here: it is sent elsewhere from its page, so that it stops in order first')
        home.remember(place)
      }
      const { title, sentence } = titleOf(home.place)
      console.log(`${home.place}: ${title}. ${sentence}`)
      console.log(`journal in ${home.configuration.dataFolder}`)
    })
}
