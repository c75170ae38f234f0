/** A station that trades, with a restless person at its desk, until it is killed. */
import { seeded } from '../../fixtures/candles.ts'
import { audit, chattyStation } from '../chatty-station.ts'
import { dieAt } from '../death.ts'
import { Person } from '../person.ts'
import { tell, type LifeOrders } from '../told.ts'

const orders = JSON.parse(process.argv[2] ?? '{}') as LifeOrders
tell({ kind: 'opening' })
if (orders.death !== null) dieAt(orders.death)
const station = await chattyStation(orders, (event, fields) => tell({ kind: 'fault', event, fields }))
tell({ kind: 'up' })
station.ended.catch((problem: unknown) => tell({ kind: 'fault', event: 'ended', fields: String(problem) }))

let isOver = false
audit(station, orders.folder, (faults) => {
  tell({ kind: 'audit', faults })
  isOver = orders.stops
})
const person = new Person(station, seeded(orders.seed * 1_000 + orders.life))
const turn = (): void => {
  if (isOver) {
    void station.stop().then(() => tell({ kind: 'stopped' }))
    return
  }
  if (!orders.stops) person.act()
  setImmediate(turn)
}
turn()
