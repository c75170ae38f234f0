/** The screens, one digit each. */
import type { JSX } from 'react'

import { SCREENS } from '../screens/screens.ts'
import { Icon } from '../widgets/icon.tsx'
import { hrefOf } from './route.ts'

export const Rail = ({ current, onKeys }: { readonly current: string; readonly onKeys: () => void }): JSX.Element => (
  <nav className="rail" aria-label="Screens">
    {SCREENS.map(({ id, name, short, icon, key }) => (
      <a
        key={id}
        href={hrefOf(id)}
        aria-keyshortcuts={key}
        aria-current={id === current ? 'page' : undefined}
        title={`${name}, key ${key}`}
      >
        <Icon name={icon} />
        {short ?? name}
        {short === undefined ? null : <span className="sr">: {name}</span>}
      </a>
    ))}
    <button className="end" type="button" aria-keyshortcuts="?" onClick={onKeys}>
      <Icon name="keys" />
      Keys
    </button>
  </nav>
)
