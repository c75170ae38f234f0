/** Where the window was, brought back onto a display that is there now. All in device-independent pixels. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowPlace extends Area {
  readonly isMaximized: boolean
}

/** The smallest window that shows every action. */
export const LEAST = { width: 1024, height: 700 }
const USUAL = { width: 1440, height: 900 }
/** This much of it must be on a display for a person to find and grab it. */
const VISIBLE = { width: 160, height: 48 }

/**
 * `areas` are the work areas of the displays, the primary one first. A window that no display shows any more comes to the
 * middle of the primary one; one that hangs over an edge is moved and shrunk into its display.
 */
export function placeOn(areas: readonly Area[], kept: WindowPlace | null): WindowPlace {
  const [primary = { x: 0, y: 0, ...USUAL }] = areas
  if (kept === null) return { ...centred(primary, USUAL), isMaximized: false }
  const home = areas.find((area) => isVisible(overlap(area, kept)) && isMostOn(areas, area, kept))
  if (home === undefined) return { ...centred(primary, kept), isMaximized: kept.isMaximized }
  return { ...within(home, kept), isMaximized: kept.isMaximized }
}

const isVisible = ({ width, height }: Area): boolean => width >= VISIBLE.width && height >= VISIBLE.height

const sizeOf = ({ width, height }: Area): number => Math.max(0, width) * Math.max(0, height)

const isMostOn = (areas: readonly Area[], area: Area, kept: Area): boolean =>
  areas.every((other) => sizeOf(overlap(other, kept)) <= sizeOf(overlap(area, kept)))

function overlap(a: Area, b: Area): Area {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return { x, y, width, height }
}

/** Not smaller than usable, not larger than the display. */
function fitted(area: Area, { width, height }: { readonly width: number; readonly height: number }) {
  return {
    width: Math.min(area.width, Math.max(LEAST.width, width)),
    height: Math.min(area.height, Math.max(LEAST.height, height)),
  }
}

function centred(area: Area, wish: { readonly width: number; readonly height: number }): Area {
  const { width, height } = fitted(area, wish)
  const x = area.x + Math.round((area.width - width) / 2)
  const y = area.y + Math.round((area.height - height) / 2)
  return { x, y, width, height }
}

function within(area: Area, kept: Area): Area {
  const { width, height } = fitted(area, kept)
  const x = Math.min(Math.max(kept.x, area.x), area.x + area.width - width)
  const y = Math.min(Math.max(kept.y, area.y), area.y + area.height - height)
  return { x, y, width, height }
}
