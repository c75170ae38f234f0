/** The staircase drawn: value, limit, who set it and the result on one axis; the failing step stands out. */
import { Fragment, useState, type JSX } from 'react'

import { hrefOf } from '../../../frame/route.ts'
import { Button } from '../../../widgets/button.tsx'
import { Icon } from '../../../widgets/icon.tsx'
import type { SourceWords } from './source-words.ts'
import type { CheckLine, Line, Staircase } from './staircase.ts'

const ROW_CLASSES = { passed: '', failed: 'fail', 'not reached': 'skip' } as const

interface StairTableProps {
  readonly staircase: Staircase
  /** the word for the failing step: Denied, Dropped */
  readonly verdict: string
}

export function StairTable({ staircase, verdict }: StairTableProps): JSX.Element {
  const { stairs, checks, reducing } = staircase
  const [showsAll, setShowsAll] = useState(false)
  const passed = checks.filter(({ state }) => state === 'passed').length
  return (
    <>
      <table className="stair" aria-label="Steps of the decision">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col" className="num">
              Value
            </th>
            <th scope="col">Limit</th>
            <th scope="col">Set by</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {stairs.map((line, place) => (
            <StairRow key={line.key} line={line} place={place} verdict={verdict} />
          ))}
          {checks.length === 0 ? null : (
            <tr className="guard">
              <th scope="row" className="step" style={{ ['--i' as string]: stairs.length }}>
                Guard, fifteen checks
              </th>
              <td className="num">{passed === 0 ? '' : <b>{passed} passed</b>}</td>
              <td className="lim">all 15</td>
              <td className="src">each its own</td>
              <td>{passed === 0 && stairs.length > 0 ? <span className="res dim">not asked</span> : null}</td>
            </tr>
          )}
          {checks.map((check) => (
            <CheckRows key={check.key} check={check} depth={stairs.length} showsAll={showsAll} verdict={verdict} />
          ))}
          {reducing.map((line) => (
            <CheckRow key={line.key} line={line} depth={stairs.length} verdict={verdict} />
          ))}
        </tbody>
      </table>
      {checks.some(({ parts }) => parts.length > 0) ? (
        <p className="note-line">
          <Button look="quiet" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? 'Show one figure per check' : 'Show every figure'}
          </Button>
        </p>
      ) : null}
    </>
  )
}

const StairRow = ({
  line,
  place,
  verdict,
}: {
  readonly line: Line
  readonly place: number
  readonly verdict: string
}): JSX.Element => (
  <tr className={ROW_CLASSES[line.state]}>
    <th scope="row" className="step" style={{ ['--i' as string]: place }}>
      {line.label}
      {line.note === '' ? null : <span className="sub">{line.note}</span>}
    </th>
    <Figures line={line} verdict={verdict} isStrong />
  </tr>
)

interface CheckRowProps {
  readonly line: Line
  readonly number?: number
  readonly depth: number
  readonly verdict: string
  readonly isPart?: boolean
}

const CheckRow = ({ line, number, depth, verdict, isPart = false }: CheckRowProps): JSX.Element => (
  <tr className={`chk ${isPart ? 'part' : ''} ${ROW_CLASSES[line.state]}`}>
    <th scope="row" className="step" style={{ ['--depth' as string]: depth }}>
      <span className="no">{number}</span>
      {line.label}
    </th>
    <Figures line={line} verdict={verdict} />
  </tr>
)

interface CheckRowsProps {
  readonly check: CheckLine
  readonly depth: number
  readonly showsAll: boolean
  readonly verdict: string
}

/** A check that failed shows all its figures; the others when asked for. */
const CheckRows = ({ check, depth, showsAll, verdict }: CheckRowsProps): JSX.Element => (
  <Fragment>
    <CheckRow line={check} number={check.number} depth={depth} verdict={verdict} />
    {showsAll
      ? check.parts.map((part) => <CheckRow key={part.key} line={part} depth={depth} verdict={verdict} isPart />)
      : null}
  </Fragment>
)

const Figures = ({
  line,
  verdict,
  isStrong = false,
}: {
  readonly line: Line
  readonly verdict: string
  readonly isStrong?: boolean
}): JSX.Element => (
  <>
    <td className="num">{isStrong ? <b>{line.actual}</b> : line.actual}</td>
    <td className="lim">{line.limit}</td>
    <td className="src">
      <SourceOf source={line.source} />
    </td>
    <td>
      <Result state={line.state} verdict={verdict} />
    </td>
  </>
)

const SourceOf = ({ source: { words, policyVersion } }: { readonly source: SourceWords }): JSX.Element =>
  policyVersion === null ? (
    <>{words}</>
  ) : (
    <a href={hrefOf('policy', ['history', String(policyVersion)])} title={`Set in policy ${policyVersion}`}>
      {words}
    </a>
  )

function Result({ state, verdict }: { readonly state: Line['state']; readonly verdict: string }): JSX.Element {
  if (state === 'not reached') return <span className="res">not reached</span>
  if (state === 'failed')
    return (
      <span className="res">
        <Icon name="deny" />
        {verdict}
      </span>
    )
  return (
    <span className="res">
      <Icon name="ok" />
      <span className="sr">passed</span>
    </span>
  )
}
