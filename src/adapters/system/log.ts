/** Structured JSON logs, rotated by size and day, secrets redacted. */
import { pino } from 'pino'
import { createStream } from 'rotating-file-stream'

import type { Log, LogFields } from '../../core/ports/log.ts'

export interface LogOptions {
  /** null: nothing is written to disk */
  readonly folder: string | null
  readonly level: 'debug' | 'info' | 'warn' | 'error'
}

export interface FileLog extends Log {
  close(): Promise<void>
}

/** Any field of these names is replaced, on the top level and one level down. */
const SECRETS = ['token', 'secret', 'apiKey', 'api_key', 'password', 'authorization', 'cookie', 'signature']

const KEPT_FILES = 10

export function openLog({ folder, level }: LogOptions): FileLog {
  const file =
    folder === null
      ? null
      : createStream('signalbox.log', { path: folder, size: '20M', interval: '1d', maxFiles: KEPT_FILES })
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`])
  const options = { level, base: null, messageKey: 'event', redact: { paths, censor: '[redacted]' } }
  const lines = file === null ? null : new Lines((text) => file.write(text))
  const logger = lines === null ? pino({ ...options, enabled: false }) : pino(options, lines)
  return {
    debug: (event: string, fields: LogFields = {}) => logger.debug(fields, event),
    info: (event: string, fields: LogFields = {}) => logger.info(fields, event),
    warn: (event: string, fields: LogFields = {}) => logger.warn(fields, event),
    error: (event: string, fields: LogFields = {}) => logger.error(fields, event),
    close: () =>
      new Promise((resolve) => {
        lines?.flush()
        if (file === null) resolve()
        else file.end(resolve)
      }),
  }
}

/** Lines of one turn of the event loop go to the file together: each write costs a trip to another thread. */
class Lines {
  readonly #put: (text: string) => void
  #text = ''

  constructor(put: (text: string) => void) {
    this.#put = put
  }

  write(line: string): void {
    if (this.#text === '') setImmediate(() => this.flush())
    this.#text += line
  }

  flush(): void {
    const text = this.#text
    this.#text = ''
    if (text !== '') this.#put(text)
  }
}
