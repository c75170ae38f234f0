/** What a change of the rules would do, in one paragraph at the foot of the form, asked while it is typed. */
import type { JSX } from 'react'

import { codeFigure, codeName } from '../../limits/limit-names.ts'
import { changedLimits, type Preview } from './consequences.tsx'
import { type RulesPatch, useRulesPreview } from './use-preview.ts'

import './rules-consequences.css'

export function RulesConsequences({ patch }: { readonly patch: RulesPatch | null }): JSX.Element | null {
  const preview = useRulesPreview(patch)
  if (preview.kind === 'none') return null
  return (
    <p className="rules-consequences" role="status" aria-label="What it would do">
      {preview.kind === 'told' ? <Told preview={preview.preview} /> : null}
      {preview.kind === 'asking' ? <span className="dim">Asking what it would do…</span> : null}
      {preview.kind === 'invalid' ? <span className="dim">{preview.fields.map(said).join('; ')}</span> : null}
      {preview.kind === 'failed' ? (
        <span className="dim">What it would do is not known: {preview.sentence}</span>
      ) : null}
    </p>
  )
}

const said = ({ message }: { readonly message: string }): string => message

function Told({ preview }: { readonly preview: Preview }): JSX.Element {
  const { positions_over: over, entries_cancelled: cancelled, account_over: account } = preview
  const limits = changedLimits(preview)
  return (
    <>
      <b>{over.length}</b> {over.length === 1 ? 'position exceeds' : 'positions exceed'} it
      {named(over)}, kept. <b>{cancelled.length}</b> resting {cancelled.length === 1 ? 'entry' : 'entries'} cancelled
      {named(cancelled)}. Nothing is closed.{' '}
      {account.map(({ code, actual, limit }) => (
        <span key={code}>
          The account’s {codeName(code)} of <b>{codeFigure(code, actual)}</b> is over {codeFigure(code, limit)}: nothing
          is added until it is less.{' '}
        </span>
      ))}
      {limits.length === 0 ? 'No limit in force changes.' : 'In force: '}
      {limits.map(({ name, label, from, to }, place) => (
        <span key={name}>
          {place === 0 ? '' : ', '}
          {label.toLowerCase()} {from} → <b>{to}</b>
        </span>
      ))}
      {limits.length === 0 ? '' : '.'}
    </>
  )
}

const named = (items: readonly { readonly symbol: string }[]): string =>
  items.length === 0 ? '' : ` (${items.map(({ symbol }) => symbol).join(', ')})`
