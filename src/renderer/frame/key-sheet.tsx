/** Every key that means something now. */
import type { JSX } from 'react'
import { useStore } from 'zustand'

import { Button } from '../widgets/button.tsx'
import { KeyCap } from '../widgets/key-cap.tsx'
import { Sheet } from '../widgets/sheet.tsx'
import { actions, type Action } from './actions.ts'

const FIXED: readonly Pick<Action, 'group' | 'label' | 'keys'>[] = [
  { group: 'Mode', label: 'Stop trading: hold', keys: ['K'] },
  { group: 'Mode', label: 'Stop trading and close everything: hold', keys: ['Shift+K'] },
  { group: 'Everywhere', label: 'Take back what was just done', keys: ['Mod+Z'] },
  { group: 'Tables', label: 'Next row, previous row', keys: ['J', 'K'] },
  { group: 'Tables', label: 'Open the row', keys: ['Enter'] },
]

export function KeySheet({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const known = useStore(actions)
  const rows = [...FIXED, ...[...known.values()].filter(({ keys }) => keys !== undefined)]
  const groups = [...new Set(rows.map(({ group }) => group))]
  return (
    <Sheet label="Keys" className="keysheet" onClose={onClose}>
      <div className="title">
        <h1>Keys</h1>
      </div>
      <div className="body keygroups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {rows
                .filter((row) => row.group === group)
                .map(({ label, keys }) => (
                  <div key={label}>
                    <dt>
                      {keys?.map((key) => (
                        <KeyCap key={key} keys={key} />
                      ))}
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="foot">
        <span className="meta">Charts are drawn with TradingView Lightweight Charts™, tradingview.com</span>
        <span className="push" />
        <Button isBig data-autofocus onClick={onClose}>
          Close <KeyCap keys="Escape" />
        </Button>
      </div>
    </Sheet>
  )
}
