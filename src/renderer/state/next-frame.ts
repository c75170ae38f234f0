/** Runs once with the next painted frame, or soon after where none is painted: a hidden page gets no frames. */
const HIDDEN_MS = 1000

export function nextFrame(run: () => void): void {
  let isDone = false
  const once = (): void => {
    if (isDone) return
    isDone = true
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    run()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, HIDDEN_MS)
}
