/** The sound of an alert: one tone for a warning, three for a critical one. Muted here once, muted until unmuted. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

import type { Alert } from '../../contract/events.ts'

const KEPT_AT = 'signalbox.alert-sound'

const muted = createStore<boolean>(() => localStorage.getItem(KEPT_AT) === 'muted')

export const useIsMuted = (): boolean => useStore(muted)

export function setMuted(isMuted: boolean): void {
  muted.setState(isMuted, true)
  localStorage.setItem(KEPT_AT, isMuted ? 'muted' : 'on')
  if (!isMuted) play('warning')
}

/** Hz and s */
const PITCHES = { warning: [660], critical: [880, 660, 880] } as const
const TONE_S = 0.16
const GAP_S = 0.06
const LOUDNESS = 0.12
/** however many come at once, they sound once */
const QUIET_MS = 2000

let context: AudioContext | null = null
let lastAt = -Infinity

/** Browsers let a page sound only after a person has touched it: until then nothing is heard, and nothing breaks. */
export function soundAlert(severity: Alert['severity']): void {
  if (severity === 'info' || muted.getState()) return
  if (performance.now() - lastAt < QUIET_MS && severity !== 'critical') return
  play(severity)
}

function play(severity: 'warning' | 'critical'): void {
  if (typeof AudioContext === 'undefined') return
  lastAt = performance.now()
  context ??= new AudioContext()
  const sounding = context
  void sounding.resume().then(() => {
    PITCHES[severity].forEach((pitch, place) => tone(sounding, pitch, sounding.currentTime + place * (TONE_S + GAP_S)))
  })
}

function tone(sounding: AudioContext, pitch: number, at: number): void {
  const source = sounding.createOscillator()
  const volume = sounding.createGain()
  source.frequency.value = pitch
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02)
  volume.gain.linearRampToValueAtTime(0, at + TONE_S)
  source.connect(volume).connect(sounding.destination)
  source.start(at)
  source.stop(at + TONE_S)
}
