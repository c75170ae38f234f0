// A hook of electron-builder: Electron's own welcome application does not belong into the package.
import { rmSync } from 'node:fs'
import { join } from 'node:path'

export default function afterPack({ appOutDir, packager }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
