/** Holds off the computer's sleep while positions are open: nobody would watch their stops. */
import { powerSaveBlocker } from 'electron'

export class Awake {
  #id: number | null = null

  keep(isExposed: boolean): void {
    if (isExposed === (this.#id !== null)) return
    if (this.#id !== null) powerSaveBlocker.stop(this.#id)
    this.#id = isExposed ? powerSaveBlocker.start('prevent-app-suspension') : null
  }
}
