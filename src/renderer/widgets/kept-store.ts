/** What a person chose on this machine: saved filters, columns, orders of tables. Broken entries count as none. */
import { createStore, type StoreApi } from 'zustand/vanilla'

/** A store that is written through to the browser; `isValid` judges what an older page may have left. */
export function keptStore<Value>(
  name: string,
  initial: Value,
  isValid: (value: unknown) => value is Value,
): StoreApi<Value> {
  const store = createStore<Value>(() => stored(name, isValid) ?? initial)
  store.subscribe((value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value))
    } catch {
      // no room or not allowed: the choice lasts as long as the page
    }
  })
  return store
}

function stored<Value>(name: string, isValid: (value: unknown) => value is Value): Value | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null')
    return isValid(value) ? value : null
  } catch {
    return null
  }
}
