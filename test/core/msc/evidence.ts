/** Evidence for the tests: calm, proven, without an opinion, unless a test says otherwise. */
import { NO_EVIDENCE, type Evidence } from '../../../src/core/msc/evidence.ts'

/** Enough trades for whatever a gate asks for. */
export const evidenceOf = (known: Partial<Evidence>): Evidence => ({ ...NO_EVIDENCE, trades: 100, ...known })
