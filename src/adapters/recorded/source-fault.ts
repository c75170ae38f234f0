/** What was wrong in a recording: which file, line and field, what was expected and what was found. */

export interface SourceFault {
  readonly file: string
  /** from 1; null when the whole file is meant */
  readonly line: number | null
  readonly field: string | null
  /** epoch ms in the recording; null when the row does not say */
  readonly at: number | null
  readonly symbol: string | null
  /** the whole sentence, file, line and field included */
  readonly message: string
}

export interface FaultPlace {
  readonly file: string
  readonly line?: number
  readonly field?: string
  readonly at?: number
  readonly symbol?: string
}

export class FaultList {
  private readonly kept: SourceFault[] = []
  private readonly perFile = new Map<string, number>()
  private readonly maxPerFile: number

  constructor(maxPerFile: number) {
    this.maxPerFile = maxPerFile
  }

  add(place: FaultPlace, found: string): void {
    const count = (this.perFile.get(place.file) ?? 0) + 1
    this.perFile.set(place.file, count)
    if (count <= this.maxPerFile) this.kept.push(faultOf(place, found))
  }

  /** Everything found, in the order of finding, with one line for what was only counted in each file. */
  all(): readonly SourceFault[] {
    const uncounted = [...this.perFile]
      .filter(([, count]) => count > this.maxPerFile)
      .map(([file, count]) => faultOf({ file }, `${count - this.maxPerFile} further faults, ${count} in all`))
    return [...this.kept, ...uncounted]
  }
}

function faultOf(place: FaultPlace, found: string): SourceFault {
  const { file, line = null, field = null, at = null, symbol = null } = place
  const where = [file, line === null ? '' : ` line ${line}`, field === null ? '' : `, ${field}`].join('')
  return { file, line, field, at, symbol, message: `${where}: ${found}` }
}
