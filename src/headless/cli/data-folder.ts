/** Where the station keeps its data when nobody names a folder. */
import envPaths from 'env-paths'

export const defaultFolder = (): string => envPaths('Signalbox', { suffix: '' }).data
