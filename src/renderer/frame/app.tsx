/** The frame that stays while screens change: strip, instrument bar, band, rail, work area, notes. */
import { Suspense, useEffect, useState, type JSX } from 'react'

import { FirstRun } from '../screens/first-run/first-run.tsx'
import { SCREENS } from '../screens/screens.ts'
import { useIsStale } from '../state/ages.ts'
import { useLive } from '../state/live.ts'
import { Skeleton } from '../widgets/skeleton.tsx'
import { Toasts } from '../widgets/toasts.tsx'
import { useActions } from './actions.ts'
import { Band } from './band.tsx'
import { InstrumentBar } from './instrument-bar.tsx'
import { KeySheet } from './key-sheet.tsx'
import { listenToKeys } from './keyboard.ts'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { go, useRoute } from './route.ts'
import { ScreenGuard } from './screen-guard.tsx'
import { useStationActions } from './station-actions.ts'
import { Strip } from './strip.tsx'
import { switchTheme } from './theme.ts'
import { useMoving } from './use-moving.ts'

type Overlay = 'keys' | 'palette' | null

export function App(): JSX.Element {
  const [overlay, setOverlay] = useState<Overlay>(null)
  const route = useRoute()
  const screen = SCREENS.find(({ id }) => id === route.screen) ?? SCREENS[0]
  useEffect(listenToKeys, [])
  useStationActions()
  useMoving()
  useEnvironment()
  useActions([
    {
      id: 'palette',
      label: 'Find or do anything',
      group: 'Everywhere',
      keys: ['Mod+K'],
      isKeyOnly: true,
      isGlobal: true,
      run: () => setOverlay('palette'),
    },
    { id: 'keys', label: 'Show all keys', group: 'Everywhere', keys: ['?'], run: () => setOverlay('keys') },
    {
      id: 'theme',
      label: 'Switch between dark and light',
      group: 'Everywhere',
      words: 'theme colour',
      run: switchTheme,
    },
    ...SCREENS.map(({ id, name, key }) => ({
      id: `screen.${id}`,
      label: `Go to ${name}`,
      group: 'Screens',
      keys: [key],
      run: () => go(id),
    })),
  ])
  const Shown = screen?.component
  return (
    <div className="app">
      <ScreenGuard name="The status strip" isLine>
        <Strip onFind={() => setOverlay('palette')} />
      </ScreenGuard>
      <InstrumentBar />
      <ScreenGuard name="What is wrong" isLine>
        <Band />
      </ScreenGuard>
      <Rail current={screen?.id ?? ''} onKeys={() => setOverlay('keys')} />
      <main aria-label={screen?.name ?? ''} tabIndex={-1}>
        <ScreenGuard key={screen?.id} name={screen?.name ?? ''}>
          <Suspense fallback={<Skeleton lines={8} label="Loading" />}>
            {Shown === undefined ? null : <Shown route={route} />}
          </Suspense>
        </ScreenGuard>
      </main>
      <Toasts />
      <FirstRun />
      {overlay === 'keys' ? <KeySheet onClose={() => setOverlay(null)} /> : null}
      {overlay === 'palette' ? <Palette onClose={() => setOverlay(null)} /> : null}
    </div>
  )
}

/** The environment colours strip and frame; a lost link greys all figures. */
function useEnvironment(): void {
  const environment = useLive(({ status }) => status?.environment ?? null)
  const isStale = useIsStale()
  useEffect(() => {
    const { dataset } = document.documentElement
    if (environment !== null) dataset['env'] = environment.toLowerCase()
    if (isStale) dataset['stale'] = 'true'
    else delete dataset['stale']
  }, [environment, isStale])
}
