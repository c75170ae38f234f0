/** What every venue behind the port must keep; each adapter's test file runs it with its own exchange. */
import { afterEach, beforeEach, describe } from 'vitest'

import { conditionalOrders } from './venue-contract/conditional-orders.ts'
import { connections } from './venue-contract/connections.ts'
import { positionsAndMoney } from './venue-contract/positions-and-money.ts'
import { regularOrders } from './venue-contract/regular-orders.ts'
import { rejections } from './venue-contract/rejections.ts'
import { Story } from './venue-contract/story.ts'
import type { VenueUnderTest } from './venue-contract/venue-under-test.ts'

export function venueContract(under: VenueUnderTest): void {
  describe(`the venue contract: ${under.name}`, () => {
    let story: Story
    beforeEach(async () => {
      story = new Story(await under.make())
    })
    afterEach(() => story.at.end())
    const told = (): Story => story
    regularOrders(told)
    conditionalOrders(told)
    rejections(told)
    positionsAndMoney(told)
    connections(told)
  })
}
