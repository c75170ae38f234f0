/**
 * The sheet in which a key is given: it is tried at the exchange first, and kept only if it may trade and cannot
 * withdraw. What is typed stays in the fields alone and is wiped from them once it was sent.
 */
import { useId, useRef, useState, type JSX, type SyntheticEvent } from 'react'

import type { KeyPlace, KeyReport, KeyTrace } from '../../../../contract/keys.ts'
import { addKey } from '../../../commands/key-commands.ts'
import { Button } from '../../../widgets/button.tsx'
import { KeyCap } from '../../../widgets/key-cap.tsx'
import { Segmented } from '../../../widgets/segmented.tsx'
import { Sheet } from '../../../widgets/sheet.tsx'
import { SecretField } from '../../../widgets/text-field.tsx'
import { showToast } from '../../../widgets/toasts.tsx'
import { KEY_PLACE_WORDS } from '../connection-words.ts'
import { KeyReportView } from './key-report.tsx'

/** longer than any key of an exchange */
const LONGEST_KEY = 600

interface KeySheetProps {
  /** the account it is for, if that is known already */
  readonly first: string
  /** accounts that there are to trade with from here */
  readonly accounts: readonly KeyPlace[]
  readonly taken: readonly KeyTrace[]
  readonly onKept: (report: KeyReport) => void
  readonly onClose: () => void
}

export function KeySheet({ first, accounts, taken, onKept, onClose }: KeySheetProps): JSX.Element {
  const [place, setPlace] = useState<KeyPlace>(() => accounts.find((each) => each === first) ?? accounts[0] ?? 'demo')
  const [isSending, setIsSending] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [report, setReport] = useState<KeyReport | null>(null)
  const apiKey = useRef<HTMLInputElement>(null)
  const secret = useRef<HTMLInputElement>(null)
  const faultId = useId()
  const before = taken.find((trace) => trace.place === place)
  const send = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault()
    const [typedKey, typedSecret] = [apiKey.current?.value.trim() ?? '', secret.current?.value.trim() ?? '']
    if (isSending) return
    if (typedKey === '' || typedSecret === '') return setFault('It needs both: the API key and its secret')
    setIsSending(true)
    setFault(null)
    setReport(null)
    if (secret.current !== null) secret.current.value = ''
    const outcome = await addKey(place, typedKey, typedSecret)
    setIsSending(false)
    if (!outcome.ok) return setFault(`Not kept: ${outcome.sentence}`)
    const { saved, ...told } = outcome.value
    if (!saved) return setReport(told)
    onKept(told)
    showToast({ text: `Key …${told.ending} kept for the ${KEY_PLACE_WORDS[place].toLowerCase()} account` })
    onClose()
  }
  return (
    <Sheet label="Add a key" className="change-sheet" onClose={onClose}>
      <form noValidate autoComplete="off" onSubmit={(event) => void send(event)}>
        <div className="title">
          <h1>Add a key</h1>
        </div>
        <div className="body">
          <div className="field">
            <span className="label">Account</span>
            <Segmented
              label="Account"
              choices={accounts.map((value) => ({ value, label: KEY_PLACE_WORDS[value] }))}
              value={place}
              onChoose={(chosen) => {
                setPlace(chosen)
                setReport(null)
              }}
            />
          </div>
          <SecretField label="API key" ref={apiKey} data-autofocus maxLength={LONGEST_KEY} aria-describedby={faultId} />
          <SecretField label="Secret" ref={secret} type="password" maxLength={LONGEST_KEY} aria-describedby={faultId} />
          <p className="note-line">
            It may trade futures and must not be able to withdraw; the exchange is asked before it is kept.
            {before === undefined ? null : (
              <>
                {' '}
                It takes the place of <b>…{before.ending}</b>.
              </>
            )}
          </p>
          {report === null ? null : (
            <>
              <KeyReportView report={report} />
              <p className="note-line">
                <b>Not kept.</b> Change the key at the exchange, or give another; the secret has to be given again.
              </p>
            </>
          )}
          <p className="field-fault" id={faultId} role="alert">
            {fault}
          </p>
        </div>
        <div className="foot">
          <span className="push" />
          <Button isBig onClick={onClose}>
            Leave it <KeyCap keys="Escape" />
          </Button>
          <Button isBig look="primary" type="submit" disabled={isSending}>
            {isSending ? 'Trying it…' : 'Try and keep it'} <KeyCap keys="Enter" />
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
