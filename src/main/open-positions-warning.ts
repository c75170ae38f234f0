/** The plain warning before nobody watches open positions any more. */
import type { Dialog } from 'electron'

const ANYWAY = 1

/** True: it is meant all the same. `deed` is what the person asked for, as a verb: `Quit`. */
export async function isMeantDespite(dialog: Dialog, open: number, deed: string): Promise<boolean> {
  if (open === 0) return true
  const [positions, them] = open === 1 ? ['One position is open', 'it'] : [`${open} positions are open`, 'them']
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: 'Signalbox',
    message: `${positions}, and nobody watches ${them} while this station is stopped.`,
    detail:
      'Stops that stand at the exchange stay there. Nothing trails, closes or reacts until the station runs again; on paper nothing is filled meanwhile.',
    buttons: ['Keep running', `${deed} anyway`],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === ANYWAY
}
