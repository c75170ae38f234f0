/** Dark or light: as the system is, until a person chooses. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Theme = 'dark' | 'light'

const KEPT_AS = 'signalbox.theme'
const system = matchMedia('(prefers-color-scheme: light)')

function kept(): Theme | null {
  const text = localStorage.getItem(KEPT_AS)
  return text === 'dark' || text === 'light' ? text : null
}

const systemTheme = (): Theme => (system.matches ? 'light' : 'dark')

export const theme = createStore<Theme>(() => kept() ?? systemTheme())

export const useTheme = (): Theme => useStore(theme)

const paint = (now: Theme): void => {
  document.documentElement.dataset['theme'] = now
}

export function followTheme(): void {
  paint(theme.getState())
  theme.subscribe(paint)
  system.addEventListener('change', () => {
    if (kept() === null) theme.setState(systemTheme(), true)
  })
}

export function switchTheme(): void {
  const next = theme.getState() === 'dark' ? 'light' : 'dark'
  localStorage.setItem(KEPT_AS, next)
  theme.setState(next, true)
}
