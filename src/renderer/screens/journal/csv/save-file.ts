/** Hands text to the browser as a file to keep. */
export function saveFile(name: string, parts: readonly string[], type: string): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // the browser has its own hold on the file by the next turn
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
