/** Filters that a person gave a name to. */
import { keptStore } from '../../widgets/kept-store.ts'

export interface SavedView {
  readonly name: string
  readonly table: string
  readonly filter: string
}

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'table', 'filter'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string')

export const savedViews = keptStore<readonly SavedView[]>(
  'signalbox.journal.views',
  [],
  (value): value is readonly SavedView[] => Array.isArray(value) && value.every(isView),
)

/** A view of the same name is replaced. */
export const saveView = (view: SavedView): void =>
  savedViews.setState((now) => [...now.filter(({ name }) => name !== view.name), view], true)

export const forgetView = (name: string): void =>
  savedViews.setState((now) => now.filter((view) => view.name !== name), true)
