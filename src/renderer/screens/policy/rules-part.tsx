/** Rules that set a mode by the time of day or the volatility: which speaks now, when each speaks next, and their editor. */
import { useEffect, useState, type JSX } from 'react'

import { useActions } from '../../frame/actions.ts'
import { replaceQuery } from '../../frame/route.ts'
import { station } from '../../link/client.ts'
import { useLive } from '../../state/live.ts'
import { useStationClock } from '../../state/station-clock.ts'
import { Button } from '../../widgets/button.tsx'
import { ConfirmSheet } from '../../widgets/confirm-sheet.tsx'
import { EmptyState } from '../../widgets/empty-state.tsx'
import { FaultNote } from '../../widgets/fault-note.tsx'
import { ModeMark } from '../../widgets/mode-mark.tsx'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { conditionText, stateText, windowText, type RuleState } from './mode-rule-words.ts'
import { RuleSheet } from './rule-sheet.tsx'
import { useModeRules, type EditedRule, type ModeRules } from './use-mode-rules.ts'
import { writeAtOnce } from './write-policy.ts'

/** `asked`: the kind of rule that the address asks to be made. */
export function RulesPart({ asked }: { readonly asked: string | null }): JSX.Element {
  const { value, fault, reload } = useModeRules()
  const [editing, setEditing] = useState<EditedRule | null>(null)
  const [removing, setRemoving] = useState<EditedRule | null>(null)
  const close = (): void => {
    setEditing(null)
    setRemoving(null)
    reload()
  }
  useActions([
    {
      id: 'rules.time',
      label: 'Make a rule for a time of the day',
      group: 'Policy',
      keys: ['N'],
      isKeyOnly: true,
      run: () => setEditing({ kind: 'time', place: null }),
    },
  ])
  useEffect(() => {
    if (asked !== 'time' && asked !== 'volatility') return
    setEditing({ kind: asked, place: null })
    replaceQuery({})
  }, [asked])
  if (value === null && fault !== null) return <FaultNote what="The rules" fault={fault} onRetry={reload} />
  if (value === null) return <Skeleton lines={5} label="Reading the rules" />
  return (
    <div className="policy-moderules">
      <Speaking told={value} />
      <Panel
        title="Rules"
        note={<span className="meta">a pin stands above them; while one speaks MSC may only tighten</span>}
        verbs={
          <>
            <Button onClick={() => setEditing({ kind: 'time', place: null })}>New time rule</Button>
            <Button onClick={() => setEditing({ kind: 'volatility', place: null })}>New volatility rule</Button>
          </>
        }
      >
        <RuleTable told={value} onEdit={setEditing} onRemove={setRemoving} reload={reload} />
      </Panel>
      {editing === null ? null : <RuleSheet told={value} edited={editing} onClose={close} />}
      {removing === null ? null : <RemoveSheet told={value} removed={removing} onClose={close} />}
    </div>
  )
}

const VOLATILITY = { LOW: 'low', NORMAL: 'normal', HIGH: 'high', EXTREME: 'extreme' } as const

function Speaking({ told }: { readonly told: ModeRules }): JSX.Element {
  const mode = useLive(({ policy }) => policy?.risk_mode ?? null)
  const { open, is_pinned: isPinned, volatility } = told.states
  return (
    <div className="policy-speaking" role="status">
      <p>
        {open === null ? (
          <b>No rule speaks now.</b>
        ) : (
          <>
            <b>{open.name}</b> asks for <ModeMark mode={open.mode} />
            {isPinned && mode !== null ? (
              <>
                , but the pin holds <ModeMark mode={mode} />
              </>
            ) : null}
            .
          </>
        )}{' '}
        <span className="meta">
          Volatility of the market: {volatility === null ? 'not known yet' : VOLATILITY[volatility]}
        </span>
      </p>
    </div>
  )
}

interface RuleTableProps {
  readonly told: ModeRules
  readonly onEdit: (rule: EditedRule) => void
  readonly onRemove: (rule: EditedRule) => void
  readonly reload: () => void
}

function RuleTable({ told, onEdit, onRemove, reload }: RuleTableProps): JSX.Element {
  const { time_rules: times, volatility_rules: conditions } = told.rules
  const rows = [
    ...times.map((rule, place) => ({ kind: 'time' as const, place, rule, when: windowText(rule) })),
    ...conditions.map((rule, place) => ({ kind: 'volatility' as const, place, rule, when: conditionText(rule) })),
  ]
  if (rows.length === 0)
    return (
      <EmptyState title="No rule yet.">
        A rule sets a mode in a window of the day, or while volatility is high: DEFENSIVE from 22:00 to 06:00, say, or
        while the market is extreme.
      </EmptyState>
    )
  return (
    <table className="policy-table mode-rules" aria-label="Rules">
      <thead>
        <tr>
          <th scope="col">On</th>
          <th scope="col">Rule</th>
          <th scope="col">Sets</th>
          <th scope="col">When</th>
          <th scope="col">Now</th>
          <th scope="col">
            <span className="sr">Edit or delete</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ kind, place, rule, when }) => (
          <tr key={`${kind} ${rule.name}`} data-off={!rule.enabled || undefined}>
            <td>
              <OnSwitch told={told} rule={{ kind, place }} name={rule.name} isOn={rule.enabled} reload={reload} />
            </td>
            <th scope="row">{rule.name}</th>
            <td>
              <ModeMark mode={rule.mode} />
            </td>
            <td>{when}</td>
            <td>
              <NowText
                state={told.states.items.find((state) => state.name === rule.name && state.kind === kind)}
                isPinned={told.states.is_pinned}
              />
            </td>
            <td className="end">
              <Button aria-label={`Edit ${rule.name}`} onClick={() => onEdit({ kind, place })}>
                Edit
              </Button>{' '}
              <Button look="quiet" aria-label={`Delete ${rule.name}`} onClick={() => onRemove({ kind, place })}>
                Delete
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface NowTextProps {
  readonly state: RuleState | undefined
  readonly isPinned: boolean
}

function NowText({ state, isPinned }: NowTextProps): JSX.Element {
  const now = useStationClock(5000)
  const text = stateText(state, now ?? 0, isPinned)
  return state?.speaks === true && !isPinned ? <b>{text}</b> : <span className="dim">{text}</span>
}

interface OnSwitchProps {
  readonly told: ModeRules
  readonly rule: EditedRule
  readonly name: string
  readonly isOn: boolean
  readonly reload: () => void
}

function OnSwitch({ told, rule, name, isOn, reload }: OnSwitchProps): JSX.Element {
  const flip = async (): Promise<void> => {
    await writeAtOnce(
      { done: `${name} ${isOn ? 'switched off' : 'switched on'}`, notDone: `${name} was not switched` },
      () => station.policy.changeRules({ rules: told.with(rule, (each) => ({ ...each, enabled: !isOn })) }),
    )
    reload()
  }
  return (
    <input
      type="checkbox"
      className="on-switch"
      checked={isOn}
      aria-label={`${name} is on`}
      onChange={() => void flip()}
    />
  )
}

interface RemoveSheetProps {
  readonly told: ModeRules
  readonly removed: EditedRule
  readonly onClose: () => void
}

function RemoveSheet({ told, removed, onClose }: RemoveSheetProps): JSX.Element {
  const { name } = told.at(removed)
  const remove = (): Promise<boolean> =>
    writeAtOnce({ done: `${name} deleted`, notDone: `${name} was not deleted` }, () =>
      station.policy.changeRules({ rules: told.with(removed, () => null) }),
    )
  return (
    <ConfirmSheet title={`Delete ${name}`} verb="Delete rule" onClose={onClose} onConfirm={remove}>
      <p>If it speaks now, what was before it speaks again: the rule that is open beside it, or MSC.</p>
    </ConfirmSheet>
  )
}
