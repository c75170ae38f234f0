/** The pace of a simulated or replayed market. */
import { station } from '../link/client.ts'
import { run } from './run.ts'

export const setSpeed = (speed: number | 'max'): Promise<unknown> =>
  run('The speed was not changed', () => station.station.setSpeed({ speed }))

export const setPaused = (paused: boolean): Promise<unknown> =>
  run(paused ? 'The clock was not held' : 'The clock was not let go', () => station.station.setPaused({ paused }))
