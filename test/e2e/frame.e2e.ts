/** The frame: what stands on every screen, and what it does. */
import { expect, test } from './station.ts'

test('says which environment it is, in words', async ({ page }) => {
  await expect(page.locator('.strip')).toContainText('SIMULATED')
  await expect(page.locator('html')).toHaveAttribute('data-env', 'simulated')
})
