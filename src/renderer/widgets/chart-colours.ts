/** The page's colours as the canvas of a chart understands them. */
const TOKENS = {
  well: '--bg-0',
  grid: '--line',
  strong: '--text-1',
  text: '--text-2',
  quiet: '--text-3',
  bar: '--fill',
  gain: '--gain',
  loss: '--loss',
} as const

export type ChartColours = Readonly<Record<keyof typeof TOKENS, string>>

/** The chart library reads rgb only; one painted pixel turns any colour of the page into it. */
function toRgb(colour: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return 'rgb(128, 128, 128)'
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [red = 128, green = 128, blue = 128] = context.getImageData(0, 0, 1, 1).data
  return `rgb(${red}, ${green}, ${blue})`
}

export function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const entries = Object.entries(TOKENS).map(([name, token]) => [name, toRgb(style.getPropertyValue(token))])
  return Object.fromEntries(entries) as ChartColours
}

/** `rgb(1, 2, 3)` at an opacity */
export const faded = (rgb: string, opacity: number): string =>
  rgb.replace('rgb(', 'rgba(').replace(')', `, ${opacity})`)
