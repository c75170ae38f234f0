/** Puts a finished file in its place so that power loss leaves the old one or the new one. */
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'

function sync(path: string, flags: string): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Windows knows no handle of a folder: there the file system keeps names safe itself. */
function syncFolder(folder: string): void {
  try {
    sync(folder, 'r')
  } catch (problem) {
    if (process.platform !== 'win32') throw problem
  }
}

export function putInPlace(finished: string, place: string): void {
  sync(finished, 'r+')
  renameSync(finished, place)
  syncFolder(dirname(place))
}
