/** Listen keys: a key header is enough. */
import type { Route } from './route.ts'

export const STREAM_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/fapi/v1/listenKey',
    weight: 1,
    security: 'key',
    answer: ({ exchange }) => ({ listenKey: exchange.listenKeys.open() }),
  },
  {
    method: 'PUT',
    path: '/fapi/v1/listenKey',
    weight: 1,
    security: 'key',
    answer: ({ exchange }) => ({ listenKey: exchange.listenKeys.extend() }),
  },
  {
    method: 'DELETE',
    path: '/fapi/v1/listenKey',
    weight: 1,
    security: 'key',
    answer: ({ exchange }) => {
      exchange.listenKeys.close()
      return {}
    },
  },
]
