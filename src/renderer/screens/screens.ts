/** The screens of the control room, in the order of the rail; their keys are the digits of their places. */
import { lazy } from 'react'

import type { Screen } from './screen.ts'

export const SCREENS: readonly Screen[] = [
  { id: 'bridge', name: 'Bridge', icon: 'bridge', key: '1', component: lazy(() => import('./bridge/bridge.tsx')) },
  { id: 'market', name: 'Market', icon: 'market', key: '2', component: lazy(() => import('./market/market.tsx')) },
  {
    id: 'opportunities',
    name: 'Ranking',
    icon: 'ranking',
    key: '3',
    component: lazy(() => import('./opportunities/opportunities.tsx')),
  },
  { id: 'msc', name: 'MSC', icon: 'msc', key: '4', component: lazy(() => import('./msc/msc.tsx')) },
  { id: 'journal', name: 'Journal', icon: 'journal', key: '5', component: lazy(() => import('./journal/journal.tsx')) },
  { id: 'policy', name: 'Policy', icon: 'policy', key: '6', component: lazy(() => import('./policy/policy.tsx')) },
  { id: 'health', name: 'Health', icon: 'health', key: '7', component: lazy(() => import('./health/health.tsx')) },
  {
    id: 'connections',
    name: 'Connections',
    short: 'Lines',
    icon: 'connections',
    key: '8',
    component: lazy(() => import('./connections/connections.tsx')),
  },
]
