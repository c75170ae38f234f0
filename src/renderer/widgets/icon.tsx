/** The drawn signs of the page: one stroke, one grid of 16, never the only carrier of a meaning. */
import type { JSX } from 'react'

const SHIELD = 'M8 1.5 13.5 3.5v4c0 3.3-2.2 5.7-5.5 7-3.3-1.3-5.5-3.7-5.5-7v-4z'

const PATHS = {
  bridge: 'M2 2.5h12v11H2zM6.5 2.5v11M6.5 8H14',
  market: 'M4.5 2v12M2.8 5h3.4v5H2.8zM11.5 2v12M9.8 4h3.4v6H9.8z',
  ranking: 'M2 3.5h12M2 8h8M2 12.5h4',
  msc: 'M3 2v12M8 2v12M13 2v12M1.5 10h3M6.5 5h3M11.5 8h3',
  journal: 'M5 3.5h9M5 8h9M5 12.5h9M2 3.5h.01M2 8h.01M2 12.5h.01',
  policy: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M6 8h4M6 11h4',
  health: 'M1.5 8.5h3l2-5 3 9 2-4h3',
  connections: 'M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9v2a4.5 4.5 0 0 1-9 0zM8 12v2.5',
  keys: 'M1.5 4h13v8.5h-13zM4 7h.01M7 7h.01M10 7h.01M12.5 7h.01M5 10h6',
  shield: `${SHIELD}M5.3 7.9l2 2 3.4-3.8`,
  shieldWait: `${SHIELD}M8 5v3l2 1`,
  shieldOff: `${SHIELD}M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4`,
  octagon: 'M5.4 1.7h5.2l3.7 3.7v5.2l-3.7 3.7H5.4l-3.7-3.7V5.4zM5.6 8h4.8',
  ok: 'm3 8.5 3.2 3.2L13 4.8',
  deny: 'M8 2.3a5.7 5.7 0 1 0 0 11.4A5.7 5.7 0 0 0 8 2.3zM4 12l8-8',
  drop: 'M8 2.5v7M4.8 6.8 8 10l3.2-3.2M3 13.5h10',
  cross: 'm4 4 8 8M12 4l-8 8',
  move: 'M2 8h11M9.5 4.5 13 8l-3.5 3.5',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5 14 14',
  theme: 'M8 2.3a5.7 5.7 0 1 0 0 11.4A5.7 5.7 0 0 0 8 2.3zM8 2.3v11.4M9.5 2.8v10.4M11 3.5v9M12.5 4.8v6.4',
  pin: 'M6 2h4l-.5 5 2.5 2.5H4L6.5 7zM8 9.5V14',
  warning: 'M8 2 14.5 13.5h-13zM8 6.5v3.5M8 12h.01',
  pause: 'M5.5 3v10M10.5 3v10',
  play: 'M4.5 2.5v11l9-5.5z',
  download: 'M8 2v8M4.8 7 8 10.2 11.2 7M3 13.5h10',
  undo: 'M3 6.5h7a3.5 3.5 0 0 1 0 7H6M3 6.5 6 3.5M3 6.5l3 3',
  sort: 'M8 3v10M5 10l3 3 3-3',
  link: 'M9.5 2.5h4v4M13.5 2.5 8 8M11.5 9v4.5h-9v-9H7',
  sound: 'M2.5 6v4h2.5L8.5 13V3L5 6zM11 6a3 3 0 0 1 0 4M12.8 4a5.8 5.8 0 0 1 0 8',
  soundOff: 'M2.5 6v4h2.5L8.5 13V3L5 6zM11 6.3l3.4 3.4M14.4 6.3 11 9.7',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
} as const
export type IconName = keyof typeof PATHS

export const Icon = ({ name }: { readonly name: IconName }): JSX.Element => (
  <svg className="ico" viewBox="0 0 16 16" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
