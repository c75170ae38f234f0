/** The lines out of the station, the places it can trade at and the keys it has, asked again while they are looked at. */
import { station } from '../../link/client.ts'
import { useAgain } from '../../state/use-again.ts'
import { useAnswer, type Answer } from '../../state/use-answer.ts'

export type Lines = Awaited<ReturnType<typeof station.connections.get>>
export type Places = Awaited<ReturnType<typeof station.places.get>>
export type Keys = Awaited<ReturnType<typeof station.keys.list>>

const LINES_AGAIN_MS = 1000
const PLACES_AGAIN_MS = 5000

export function useLines(): Answer<Lines> {
  const answer = useAnswer('connections', (signal) => station.connections.get(undefined, { signal }))
  useAgain(answer.reload, LINES_AGAIN_MS)
  return answer
}

export function usePlaces(): Answer<Places> {
  const answer = useAnswer('places', (signal) => station.places.get(undefined, { signal }))
  useAgain(answer.reload, PLACES_AGAIN_MS)
  return answer
}

export const useKeys = (): Answer<Keys> => useAnswer('keys', (signal) => station.keys.list(undefined, { signal }))
