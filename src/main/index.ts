/** Door one's way in: the desktop application. */
import { app } from 'electron'

void app.whenReady().then(() => app.quit())
