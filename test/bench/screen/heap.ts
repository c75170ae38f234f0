/** The page's heap over a long run: weighed after a collection, once and again. */
import type { Page } from '@playwright/test'

/** MB, at even distances in time; the first after a warm-up. */
export async function weighHeap(page: Page, minutes: number, samples: number): Promise<number[]> {
  const wire = await page.context().newCDPSession(page)
  const weights: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    await page.waitForTimeout((minutes * 60_000) / samples)
    await wire.send('HeapProfiler.collectGarbage')
    const { usedSize } = await wire.send('Runtime.getHeapUsage')
    weights.push(usedSize / 2 ** 20)
  }
  await wire.detach()
  return weights
}
