/** Where the station keeps its data when nobody names a folder: the same through either door. */
import envPaths from 'env-paths'

export const defaultFolder = (): string => envPaths('Signalbox', { suffix: '' }).data
