/** Names and reference prices: well-known contracts first, most traded first, then made-up ones. */

export interface NamedPrice {
  readonly base: string
  /** USDT, roughly */
  readonly price: number
}

const KNOWN =
  'BTC 104000,ETH 2550,SOL 165,XRP 2.3,DOGE 0.21,BNB 650,ADA 0.74,SUI 3.5,AVAX 22,LINK 15.2,LTC 92,BCH 400,TRX 0.27,DOT 4.5,AAVE 245,' +
  'UNI 6.4,NEAR 2.7,APT 5.2,ARB 0.39,OP 0.75,FIL 2.7,ETC 18,ATOM 4.6,XLM 0.28,HBAR 0.19,INJ 13,TIA 2.6,SEI 0.2,WLD 1.2,ENA 0.36,' +
  'ONDO 0.9,TAO 420,RENDER 4.6,FET 0.78,ICP 5.4,ALGO 0.21,VET 0.026,GRT 0.1,LDO 0.92,CRV 0.68,MKR 1700,SAND 0.28,MANA 0.31,AXS 2.5,' +
  'GALA 0.017,EOS 0.74,XMR 340,XTZ 0.62,THETA 0.8,FLOW 0.4,SNX 0.73,COMP 43,ZEC 52,DASH 22,KSM 16,ENJ 0.08,CHZ 0.043,ZIL 0.012,IOTA 0.19,' +
  'NEO 6.2,QTUM 2.2,ONT 0.14,BAT 0.14,ZRX 0.25,KAVA 0.42,RUNE 1.8,YFI 5400,SUSHI 0.7,EGLD 16,DYDX 0.57,IMX 0.55,GMX 15,STX 0.74,MASK 1.6,' +
  'APE 0.68,GMT 0.05,JASMY 0.015,PEOPLE 0.02,LRC 0.09,ENS 21,CELO 0.36,ROSE 0.028,ANKR 0.017,SKL 0.022,ONE 0.012,HOT 0.001,RVN 0.013,' +
  'IOTX 0.022,COTI 0.07,STORJ 0.28,BLUR 0.11,MAGIC 0.15,PENDLE 4,STRK 0.14,JUP 0.5,PYTH 0.13,JTO 1.9,MANTA 0.22,ALT 0.03,DYM 0.28,' +
  'ETHFI 1.2,ZRO 2.4,ZK 0.055,NOT 0.002,BOME 0.002,WIF 0.9,ORDI 8.3,MINA 0.2,CFX 0.08,BAND 0.65'

const STARTS = [
  'AL',
  'BO',
  'CRE',
  'DU',
  'EL',
  'FRA',
  'GLI',
  'HO',
  'IR',
  'JU',
  'KO',
  'LU',
  'MO',
  'NI',
  'OR',
  'PLA',
  'QUI',
  'RO',
  'SY',
  'TRE',
]
const ENDS = ['DEX', 'LIN', 'MAR', 'NET', 'PAD', 'RIS', 'TON', 'VIA', 'WAY', 'ZEN']
/** Prices of made-up contracts go round these. */
const MADE_UP_PRICES = [0.043, 1.27, 0.0061, 12.4, 0.38, 3.9, 0.0175, 0.72]

export function symbolNames(count: number): readonly NamedPrice[] {
  const known = KNOWN.split(',').map((entry): NamedPrice => {
    const [base = '', price = ''] = entry.split(' ')
    return { base, price: Number(price) }
  })
  for (let index = 0; known.length < count; index++) known.push(madeUp(index))
  return known.slice(0, count)
}

/** Round 0 pairs syllables; later rounds append their number, so that names never run out. */
function madeUp(index: number): NamedPrice {
  const combinations = STARTS.length * ENDS.length
  const place = index % combinations
  const start = STARTS[place % STARTS.length] ?? ''
  const end = ENDS[(Math.floor(place / STARTS.length) + 3 * place) % ENDS.length] ?? ''
  const round = Math.floor(index / combinations)
  const price = (MADE_UP_PRICES[index % MADE_UP_PRICES.length] ?? 1) * (1 + (index % 7) / 10)
  return { base: `${start}${end}${round === 0 ? '' : round + 1}`, price }
}
