/** What can be done from the palette on every screen: MSC, ranking, rules, places and keys, alerts and their sound. */
import { acknowledgeAlerts, acknowledgeStreak } from '../commands/health-commands.ts'
import { evaluateNow } from '../commands/msc-commands.ts'
import { reconcileNow } from '../commands/place-commands.ts'
import { rankNow } from '../commands/ranking-commands.ts'
import { live, useLive } from '../state/live.ts'
import { useActions } from './actions.ts'
import { setMuted, useIsMuted } from './alert-sound.ts'
import { go } from './route.ts'

/** Ids of the alerts that stand and nobody has seen. */
const unseenAlerts = (): string[] =>
  [...live.getState().alerts.values()]
    .filter(({ cleared_at: cleared, acknowledged_at: seen }) => cleared === null && seen === null)
    .map(({ id }) => id)

export function useStationActions(): void {
  const isMuted = useIsMuted()
  const hasAlerts = useLive(({ alerts }) => alerts.size > 0)
  useActions([
    { id: 'station.msc', label: 'Run MSC now', group: 'MSC', words: 'evaluate votes', run: () => void evaluateNow() },
    {
      id: 'station.rebase',
      label: 'Begin the evidence of MSC anew',
      group: 'MSC',
      words: 'rebase windows',
      run: () => go('msc', [], { rebase: 'yes' }),
    },
    {
      id: 'station.rank',
      label: 'Rank all symbols now',
      group: 'Ranking',
      words: 'opportunities',
      run: () => void rankNow(),
    },
    {
      id: 'station.weights',
      label: 'Edit the weights of the ranking',
      group: 'Ranking',
      words: 'components',
      run: () => go('opportunities', [], { show: 'weights' }),
    },
    {
      id: 'station.leftOut',
      label: 'Show the symbols left out of the ranking',
      group: 'Ranking',
      words: 'skipped filtered',
      run: () => go('opportunities', [], { show: 'left-out' }),
    },
    {
      id: 'station.timeRule',
      label: 'Make a rule for a time of the day',
      group: 'Policy',
      words: 'new window night',
      run: () => go('policy', ['rules'], { new: 'time' }),
    },
    {
      id: 'station.volatilityRule',
      label: 'Make a rule for volatility',
      group: 'Policy',
      words: 'new condition storm',
      run: () => go('policy', ['rules'], { new: 'volatility' }),
    },
    {
      id: 'station.place',
      label: 'Go to another place: paper, demo, live…',
      group: 'Connections',
      words: 'real money environment switch simulated replay account',
      run: () => go('connections', [], { place: 'choose' }),
    },
    {
      id: 'station.live',
      label: 'Trade real money…',
      group: 'Connections',
      words: 'go live account place',
      run: () => go('connections', [], { place: 'live' }),
    },
    {
      id: 'station.key',
      label: 'Add a key of an account…',
      group: 'Connections',
      words: 'api secret exchange vault',
      run: () => go('connections', [], { key: 'new' }),
    },
    {
      id: 'station.reconcile',
      label: 'Hold the books against the exchange',
      group: 'Connections',
      words: 'reconcile now differences',
      run: () => void reconcileNow(),
    },
    {
      id: 'station.drill',
      label: 'Drill a flatten',
      group: 'Positions',
      words: 'flatten close everything emergency',
      run: () => go('bridge', [], { flatten: 'drill' }),
    },
    {
      id: 'station.streak',
      label: 'Acknowledge the losing streak',
      group: 'Health',
      words: 'losses governor',
      run: () => void acknowledgeStreak(),
    },
    {
      id: 'station.sound',
      label: isMuted ? 'Let alerts sound' : 'Mute the sound of alerts',
      group: 'Health',
      run: () => setMuted(!isMuted),
    },
    ...(hasAlerts
      ? [
          {
            id: 'station.alerts',
            label: 'Acknowledge all alerts',
            group: 'Health',
            words: 'seen',
            run: () => void acknowledgeAlerts(unseenAlerts()),
          },
        ]
      : []),
  ])
}
