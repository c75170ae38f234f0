/** The three modes: which is in force, who holds it, and the sheet that shows what another would change. */
import type { JSX } from 'react'

import type { PolicyDocument } from '../../contract/policy-shapes.ts'
import { actorText } from '../limits/actor-text.ts'
import { useLive } from '../state/live.ts'
import { localMinute } from '../widgets/format-time.ts'
import { keyText } from '../widgets/key-cap.tsx'
import { ModeShape, RISK_MODES, type RiskMode } from '../widgets/mode-mark.tsx'
import { useActions } from './actions.ts'
import { adviceNote, askedMode } from './advice.ts'
import { armMode, pinOrRelease, useArmedMode } from './armed-mode.ts'
import { ModeSheet } from './mode-sheet.tsx'

const KEYS: Readonly<Record<RiskMode, string>> = { AGGRESSIVE: 'Shift+A', NORMAL: 'Shift+N', DEFENSIVE: 'Shift+D' }

export function ModeSwitch(): JSX.Element {
  const armed = useArmedMode()
  const policy = useLive((replica) => replica.policy)
  const msc = useLive((replica) => replica.msc)
  const isStopped = policy?.emergency != null
  const asked = isStopped ? null : askedMode(msc, policy?.risk_mode)
  const advice = asked === null || msc === null ? null : adviceNote(msc)
  useActions([
    ...RISK_MODES.map((mode) => ({
      id: `mode.${mode}`,
      label: `Switch to ${mode}`,
      group: 'Mode',
      keys: [KEYS[mode]],
      run: () => armMode(mode),
    })),
    {
      id: 'mode.pin',
      label: policy?.pin ? 'Release the pin' : 'Pin the mode',
      group: 'Mode',
      keys: ['P'],
      words: 'hold',
      run: pinOrRelease,
    },
  ])
  return (
    <div className="modes" role="group" aria-label="Risk mode">
      {RISK_MODES.map((mode) => (
        <button
          key={mode}
          className="modebtn"
          type="button"
          data-mode={mode}
          aria-pressed={policy?.risk_mode === mode && !isStopped}
          aria-keyshortcuts={KEYS[mode]}
          data-armed={armed === mode || undefined}
          data-advised={asked === mode || undefined}
          title={asked === mode ? (msc?.sentence ?? undefined) : undefined}
          disabled={policy === null}
          data-stopped={isStopped || undefined}
          onClick={() => armMode(mode)}
        >
          <span className="name">
            <ModeShape mode={mode} />
            {mode}
          </span>
          <span className="note">
            {policy === null
              ? ''
              : armed === mode
                ? 'Preview open'
                : ((asked === mode ? advice : null) ?? noteOf(mode, policy))}
          </span>
        </button>
      ))}
      {armed === null ? null : <ModeSheet mode={armed} onClose={() => armMode(null)} />}
    </div>
  )
}

function noteOf(mode: RiskMode, policy: PolicyDocument): string {
  const isInForce = policy.risk_mode === mode
  if (policy.emergency !== null) return isInForce ? 'Back on release' : 'Trading stopped'
  if (!isInForce) return `Press ${keyText(KEYS[mode])}`
  if (policy.pin !== null)
    return policy.pin.until === null ? 'Pinned, no end' : `Pinned until ${localMinute(Date.parse(policy.pin.until))}`
  const source = policy.sources['risk_mode']
  return source === undefined ? 'In force' : `Set by ${actorText(source.actor)}`
}
