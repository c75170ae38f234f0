/** How the Policy screen reads and writes numbers, names fields and tells changes. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { PolicyRules } from '../../src/contract/rules-shapes.ts'
import { DEFAULT_RULES } from '../../src/core/policy/default-rules.ts'
import { actorWords, changesText, changeWords } from '../../src/renderer/screens/policy/change-words.ts'
import { fieldOf } from '../../src/renderer/screens/policy/policy-fields.ts'
import { faultsByPath, readDraft } from '../../src/renderer/screens/policy/rules-draft.ts'
import { fieldText, readField, sentenceInUnit, valueText, type Unit } from '../../src/renderer/screens/policy/units.ts'

const UNITS: readonly Unit[] = ['percent', 'count', 'score', 'usd', 'times', 'multiple', 'days', 'seconds', 'minutes']

describe('a number is typed in the unit it is read in', () => {
  test('0.0075 is 0.75 %, 600000 ms are 10 min, a limit that is off is empty', () => {
    expect(fieldText(0.0075, 'percent')).toBe('0.75')
    expect(valueText(0.0075, 'percent')).toBe('0.75\u202F%')
    expect(fieldText(600_000, 'minutes')).toBe('10')
    expect(fieldText(null, 'usd')).toBe('')
    expect(valueText(null, 'usd')).toBe('off')
    expect(valueText(0.6, 'score')).toBe('0.60')
    expect(valueText(10_000, 'usd')).toBe('10\u202F000\u202FUSDT')
  })

  test('what is shown in a field is read back as the same value, to the last digit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...UNITS), fc.integer({ min: 0, max: 10_000_000 }), (unit, tenThousandths) => {
        const isTime = unit === 'seconds' || unit === 'minutes'
        const value = isTime ? tenThousandths * 6 : tenThousandths / 10_000
        expect(readField(fieldText(value, unit), unit)).toEqual({ ok: true, value })
      }),
    )
  })

  test('spaces, a comma, a true minus and the sign of the unit are understood; words are not', () => {
    expect(readField('10\u202F000', 'usd')).toEqual({ ok: true, value: 10_000 })
    expect(readField('1,5 %', 'percent')).toEqual({ ok: true, value: 0.015 })
    expect(readField('\u22123', 'count')).toEqual({ ok: true, value: -3 })
    expect(readField('', 'usd', true)).toEqual({ ok: true, value: null })
    for (const text of ['', 'much', '1.2.3', '1e5', '.']) expect(readField(text, 'count').ok).toBe(false)
  })

  test('the bounds in a refusal come in the same unit', () => {
    const told = 'max risk per trade must be above 0 and at most 0.05, was 0.09'
    expect(sentenceInUnit(told, 'percent')).toBe(
      'max risk per trade must be above 0\u202F% and at most 5\u202F%, was 9\u202F%',
    )
    expect(sentenceInUnit('max leverage must be a whole number 1…125, was 200', 'times')).toContain('1…125, was 200')
  })
})

describe('a change is told in words', () => {
  test('numbers by their unit, lists by their names, null by what it means', () => {
    expect(changeWords({ path: 'max_risk_per_trade', from: 0.0075, to: 0.005 })).toEqual({
      label: 'Risk per trade',
      from: '0.75\u202F%',
      to: '0.5\u202F%',
    })
    expect(changeWords({ path: 'allowed_symbols', from: null, to: ['A', 'B', 'C', 'D', 'E', 'F'] })).toEqual({
      label: 'Allowed symbols',
      from: 'no restriction',
      to: 'A, B, C, D and 2 more',
    })
    expect(changeWords({ path: 'holds.max_positions', from: null, to: 6 })).toEqual({
      label: 'Positions held at',
      from: 'not held',
      to: '6',
    })
    expect(changeWords({ path: 'rules.guard.max_order_notional_usd', from: 500, to: null }).to).toBe('off')
    const pin = { by: 'user', until: null }
    expect(changeWords({ path: 'pin', from: null, to: pin })).toMatchObject({
      from: 'none',
      to: 'by you, until released',
    })
  })

  test('several in one line, the hold that comes with a number and the evaluation of every run left out', () => {
    const changes = [
      { path: 'evaluation', from: null, to: {} },
      { path: 'max_positions', from: 10, to: 8 },
      { path: 'holds.max_positions', from: null, to: 8 },
    ]
    expect(changesText(changes)).toBe('Positions 10 → 8')
    expect(changesText([])).toBe('nothing')
    expect(changesText(changes.slice(0, 1))).toBe('Evaluation')
  })

  test('who wrote it', () => {
    expect(['user', 'msc', 'api:grafana', 'rule:night'].map(actorWords)).toEqual([
      'you',
      'MSC',
      'program grafana',
      'rule night',
    ])
  })

  test('every number of the rules has a name of its own', () => {
    const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    for (const room of ['guard', 'governor'] as const) {
      const labels = Object.keys(DEFAULT_RULES[room]).map((name) => fieldOf(`rules.${room}.${snake(name)}`).label)
      expect(labels.every((label) => /^([A-Z]|of it)/.test(label))).toBe(true)
      expect(new Set(labels).size).toBe(labels.length)
    }
    expect(fieldOf('rules.profiles.NORMAL.max_leverage').label).toBe('NORMAL: leverage')
    expect(fieldOf('rules.msc.targets.NORMAL.max_positions').label).toBe('NORMAL target: positions')
  })
})

describe('a draft of the rules', () => {
  const rules = {
    guard: { max_heat: 0.06, max_order_notional_usd: null },
    governor: { loosen_after_ms: 600_000 },
  } as unknown as PolicyRules
  const wordsOf = (path: string) => fieldOf(`rules.${path}`)

  test('only what differs is sent, nested as the contract takes it', () => {
    const draft = new Map([
      ['guard.max_heat', '5'],
      ['guard.max_order_notional_usd', ''],
      ['governor.loosen_after_ms', '20'],
    ])
    expect(readDraft(draft, rules, wordsOf)).toEqual({
      patch: { guard: { max_heat: 0.05 }, governor: { loosen_after_ms: 1_200_000 } },
      changed: ['guard.max_heat', 'governor.loosen_after_ms'],
      faults: new Map(),
    })
    expect(readDraft(new Map([['guard.max_heat', '6']]), rules, wordsOf).patch).toBeNull()
  })

  test('every bad field is named at its field, what belongs to none at the foot', () => {
    const fields = [
      { path: 'rules.guard.max_heat', message: 'max heat must be above 0 and at most 1, was 9' },
      { path: 'rules.ranker.weights', message: 'weights must sum to 1, sum was 2' },
    ]
    const faults = faultsByPath(fields, new Set(['guard.max_heat']), wordsOf)
    expect(faults.get('guard.max_heat')).toContain('at most 100\u202F%, was 900\u202F%')
    expect(faults.get('')).toContain('weights')
  })
})
