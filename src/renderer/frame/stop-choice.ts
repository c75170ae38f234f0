/** Whether a stop of trading is to close all positions too: ticked on the Bridge, said on the button of every screen. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

const closesAll = createStore<boolean>(() => false)

export const useClosesAll = (): boolean => useStore(closesAll)
export const chooseClosesAll = (chosen: boolean): void => closesAll.setState(chosen, true)
export const closesAllNow = (): boolean => closesAll.getState()
