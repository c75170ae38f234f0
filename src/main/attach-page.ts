/** The small page that asks for the address and token of another station. It carries everything in itself. */
import { createHash } from 'node:crypto'

const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f8; --ink: #1c2126; --quiet: #5c6670; --line: #c6ccd2; --mark: #0b6e8f; --bad: #a5290c }
@media (prefers-color-scheme: dark) { :root { --page: #17191d; --ink: #e4e7ea; --quiet: #98a2ac; --line: #3d444b; --mark: #6cc3dd; --bad: #ff9d80 } }
* { box-sizing: border-box }
body { margin: 0; padding: 20px 24px; background: var(--page); color: var(--ink); font: 14px/1.45 system-ui, sans-serif }
h1 { margin: 0 0 4px; font-size: 16px; font-weight: 600 }
p { margin: 0 0 14px; color: var(--quiet) }
label { display: block; margin: 0 0 12px }
input:not([type=checkbox]) { display: block; width: 100%; margin-top: 4px; padding: 7px 9px; border: 1px solid var(--line); border-radius: 5px; background: transparent; color: inherit; font: inherit }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 1px }
[hidden] { display: none !important }
button { margin-right: 8px; padding: 7px 14px; border: 1px solid var(--mark); border-radius: 5px; background: var(--mark); color: var(--page); font: inherit; font-weight: 600 }
#own { background: transparent; color: inherit }
button:disabled { opacity: .6 }
#problem { min-height: 40px; margin: 12px 0 0; color: var(--bad) }
`

const SCRIPT = `
const form = document.querySelector('form')
const problem = document.querySelector('#problem')
const plain = document.querySelector('#plain')
const buttons = document.querySelectorAll('button')
const wishFor = async (wish) => {
  for (const button of buttons) button.disabled = true
  try {
    const answer = await (await fetch(location.href, { method: 'POST', body: JSON.stringify(wish) })).json()
    problem.textContent = answer.problem
    plain.hidden = plain.hidden && answer.isPlain !== true
  } catch {
    problem.textContent = 'The application did not answer.'
  }
  for (const button of buttons) button.disabled = false
}
form.addEventListener('submit', (event) => {
  event.preventDefault()
  problem.textContent = 'Asking the station…'
  const { address, token, isPlainMeant } = form.elements
  void wishFor({ address: address.value, token: token.value, isPlainMeant: isPlainMeant.checked })
})
document.querySelector('#own').addEventListener('click', () => void wishFor({ isOwn: true }))
`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** `address`: of the station attached last time; null: none was */
export const attachPage = (address: string | null): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Attach to another station</title><style>${STYLE}</style></head>
<body>
<h1>Attach to another station</h1>
<p>This window then shows and steers that station. The one on this computer stops.</p>
<form>
<label>Address <input name="address" value="${escaped(address ?? '')}" placeholder="station.example:8787" autocomplete="off" spellcheck="false" required autofocus></label>
<label>Token <input name="token" type="password" autocomplete="off" required></label>
<label id="plain" hidden><input name="isPlainMeant" type="checkbox"> The network in between is mine alone (a tunnel or a private network): attach without encryption</label>
<button>Attach</button>
<button id="own" type="button"${address === null ? ' hidden' : ''}>Run this computer’s own station</button>
<p id="problem" role="status"></p>
</form>
<script>${SCRIPT}</script>
</body>
</html>
`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export const ATTACH_POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
