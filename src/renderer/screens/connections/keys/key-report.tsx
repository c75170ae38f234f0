/** What the exchange says of a key and its account: the verdict, every finding, what of the account is set otherwise. */
import type { JSX } from 'react'

import type { KeyReport } from '../../../../contract/keys.ts'
import { Icon, type IconName } from '../../../widgets/icon.tsx'
import { VERDICT_WORDS } from '../connection-words.ts'

const SIGNS: Readonly<Record<KeyReport['verdict'], { readonly icon: IconName; readonly level: string }>> = {
  good: { icon: 'ok', level: 'ok' },
  warned: { icon: 'warning', level: 'caution' },
  refused: { icon: 'deny', level: 'warning' },
}

export function KeyReportView({ report }: { readonly report: KeyReport }): JSX.Element {
  const { icon, level } = SIGNS[report.verdict]
  return (
    <div className="keyreport" role="status" aria-label={`What the exchange says of the key …${report.ending}`}>
      <p className="verdict" data-level={level}>
        <Icon name={icon} /> <b>{VERDICT_WORDS[report.verdict]}</b>
        {report.findings.length + report.setup.length === 0 ? ': it may trade and cannot withdraw.' : null}
      </p>
      {report.findings.length + report.setup.length === 0 ? null : (
        <ul className="findings" aria-label="Findings">
          {report.findings.map((finding) => (
            <li key={finding}>
              <Icon name={report.verdict === 'refused' ? 'deny' : 'warning'} /> <span>{finding}</span>
            </li>
          ))}
          {report.setup.map(({ sentence, can_fix: canFix }) => (
            <li key={sentence}>
              <Icon name="warning" />{' '}
              <span>
                {sentence}
                {canFix ? <span className="dim"> The station can set it.</span> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
