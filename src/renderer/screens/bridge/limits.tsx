/** Limits in force, who set each, and how much of it is used. */
import type { JSX, ReactNode } from 'react'

import { hrefOf } from '../../frame/route.ts'
import { sourceText, type Source } from '../../limits/limit-names.ts'
import { useLive } from '../../state/live.ts'
import { Panel } from '../../widgets/panel.tsx'
import { Skeleton } from '../../widgets/skeleton.tsx'
import { limitRows, type LimitRow } from './limit-rows.ts'

export function Limits(): JSX.Element {
  const { effective, usage, decisions } = useLive(({ effective, usage, decisions }) => ({
    effective,
    usage,
    decisions,
  }))
  const version = effective?.policy_version
  return (
    <Panel
      title="Limits in force"
      verbs={
        version === undefined ? null : (
          <span className="meta">
            policy <a href={hrefOf('policy')}>{version}</a>
          </span>
        )
      }
    >
      {effective === null ? (
        <Skeleton lines={9} label="Reading the limits" />
      ) : (
        <table className="limits">
          <thead>
            <tr>
              <th scope="col">Limit</th>
              <th scope="col" className="num">
                In force
              </th>
              <th scope="col">Set by</th>
              <th scope="col">Used</th>
            </tr>
          </thead>
          <tbody>
            {limitRows(effective, usage, [...decisions.values()]).map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

const Row = ({ row: { name, inForce, source, used, title } }: { readonly row: LimitRow }): JSX.Element => (
  <tr title={title}>
    <th scope="row">{name}</th>
    <td className="num now">{inForce}</td>
    <td className="src">{sourceWords(source)}</td>
    <td>{used === null ? <span className="dim">–</span> : <Used {...used} />}</td>
  </tr>
)

const sourceWords = (source: Source): ReactNode =>
  source.kind === 'governor' ? <b>{sourceText(source)}</b> : sourceText(source)

function Used({ share, text }: NonNullable<LimitRow['used']>): JSX.Element {
  if (share === null) return <>{text}</>
  const isFull = share >= 1
  const level = isFull ? 'full' : share >= 0.8 ? 'high' : undefined
  return (
    <span className="use">
      <span className="meter" data-level={level}>
        <i style={{ width: `${Math.min(100, share * 100).toFixed(0)}%` }} />
      </span>
      <span>
        {isFull ? (
          <>
            <b>{text}</b> full
          </>
        ) : (
          text
        )}
      </span>
    </span>
  )
}
