/** The plain page of the headless door: mode, environment, account, positions and the last decisions, live. */
import { BASE_STYLE, pageOf } from './html.ts'

const STYLE = `${BASE_STYLE}
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px }
.facts div span { display: block; color: var(--quiet); font-size: 12px }
.facts div b { font-size: 18px; font-weight: 600 }
table { width: 100%; border-collapse: collapse }
th { text-align: left; font-weight: 500; color: var(--quiet); font-size: 12px }
th, td { padding: 4px 10px 4px 0; border-top: 1px solid var(--line); white-space: nowrap }
td.number, th.number { text-align: right }
td.wide { white-space: normal }
#link { margin: 0 0 12px }
`

const BODY = `<main>
<h1>Signalbox</h1>
<p id="link" class="quiet" role="status">connecting…</p>
<section class="card facts" id="facts" aria-label="station"></section>
<section class="card"><h2>Open positions</h2><table id="positions"></table></section>
<section class="card"><h2>Last decisions</h2><table id="decisions"></table></section>
<p class="quiet"><a href="/docs">HTTP interface</a></p>
</main>`

/** Speaks to /ws: one call, station.watch, whose messages arrive as events. Text only ever enters as text. */
const SCRIPT = `
'use strict'
const topics = ['policy', 'status', 'account', 'governor', 'positions', 'decisions']
const keys = { positions: 'symbol', decisions: 'id' }
const shapes = { DEFENSIVE: '▼', NORMAL: '■', AGGRESSIVE: '▲' }
let state = {}, seq = 0, waiting = 500, painting = false
const $ = (id) => document.getElementById(id)
const say = (text) => { $('link').textContent = text }

function element(name, text, kind) {
  const made = document.createElement(name)
  made.textContent = text
  if (kind) made.className = kind
  return made
}

function fact(name, value) {
  const made = element('div', '')
  made.append(element('span', name), element('b', value))
  return made
}

function table(id, heads, rows, empty) {
  const head = element('tr', '')
  for (const [text, kind] of heads) head.append(element('th', text, kind))
  const body = rows.map((cells) => {
    const row = element('tr', '')
    cells.forEach((cell, at) => row.append(element('td', cell, heads[at][1])))
    return row
  })
  $(id).replaceChildren(...(rows.length ? [head, ...body] : [element('caption', empty, 'quiet')]))
}

const usdt = (text) => text === undefined ? '–' : Number(text).toLocaleString(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const percent = (share) => (share * 100).toFixed(2) + ' %'

function paint() {
  painting = false
  const { policy, status, account, governor, positions, decisions } = state
  if (!policy || !status) return
  $('facts').replaceChildren(
    fact('mode', shapes[policy.risk_mode] + ' ' + policy.risk_mode),
    fact('environment', status.environment),
    fact('station', policy.emergency ? 'EMERGENCY' : status.entries_off ? 'entries off' : status.phase),
    fact('governor', governor ? governor.level : '–'),
    fact('equity, USDT', usdt(account?.equity)),
    fact('today', account ? percent(-account.drawdown) + ' from high' : '–'),
    fact('clock, UTC', status.now.slice(0, 19).replace('T', ' ')),
    fact('policy', 'version ' + policy.version))
  table('positions',
    [['symbol'], ['side'], ['quantity', 'number'], ['entry', 'number'], ['mark', 'number'], ['unrealised', 'number'], ['to stop', 'number']],
    [...positions.values()].map((p) => [p.symbol, p.side, p.quantity, p.entry_price, String(p.mark_price), usdt(p.unrealised), percent(p.stop_distance)]),
    'Nothing is open.')
  const latest = [...decisions.values()].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 15)
  table('decisions',
    [['time, UTC'], ['symbol'], ['strategy'], ['outcome'], ['why', 'wide']],
    latest.map((d) => [d.at.slice(0, 19).replace('T', ' '), d.symbol, d.strategy_id, d.outcome, d.sentence]),
    'No decisions yet.')
}

function apply(message) {
  if (message.kind === 'snapshot') {
    state = message.state
    for (const topic in keys) state[topic] = new Map(state[topic].map((item) => [item[keys[topic]], item]))
  } else if (message.seq !== seq + 1) {
    return socket.close()
  } else for (const { topic, key, value } of message.changes) {
    if (!keys[topic]) state[topic] = value
    else if (value === null) state[topic].delete(key)
    else state[topic].set(key, value)
  }
  while (state.decisions.size > 200) state.decisions.delete(state.decisions.keys().next().value)
  seq = message.seq
  if (!painting) { painting = true; requestAnimationFrame(paint) }
}

let socket
function connect() {
  socket = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/ws')
  socket.onopen = () => socket.send(JSON.stringify({ i: '1', p: { u: '/station/watch', b: { json: { topics } } } }))
  socket.onmessage = ({ data }) => {
    const { t, p } = JSON.parse(data)
    if (t === 3 && p.e === 'message') { waiting = 500; say('live'); apply(p.d.json) }
    else if (t === 3 || (p && p.s >= 400)) socket.close()
  }
  socket.onclose = ({ code }) => {
    if (code === 4401) return say('Signed out. Open the sign-in link that the station printed.')
    say('The link to the station is down; what is shown may be old. Trying again…')
    setTimeout(connect, waiting)
    waiting = Math.min(waiting * 2, 15000)
  }
}
connect()
`

export const STATUS_PAGE = pageOf({ title: 'Signalbox', style: STYLE, body: BODY, script: SCRIPT })
