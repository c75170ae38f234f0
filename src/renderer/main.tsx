/** The page begins: theme first, then the frame, then the link to the station. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource-variable/inter'

import './styles/index.css'
import { App } from './frame/app.tsx'
import { followNews } from './frame/news.ts'
import { followTheme } from './frame/theme.ts'
import { followInstruments } from './state/instruments.ts'
import { connection } from './state/live.ts'

followTheme()
followInstruments()
followNews()
const root = document.querySelector('#root')
if (root === null) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
connection.start()
