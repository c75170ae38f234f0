/** Which of many are meant by a few typed words: all words must occur; beginnings of words come first. Pure. */
export function matching<Item>(text: string, items: readonly Item[], textOf: (item: Item) => string): Item[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...items]
  return items
    .map((item) => ({ item, score: scoreOf(words, textOf(item).toLowerCase()) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item)
}

/** 0: a word is missing */
function scoreOf(words: readonly string[], within: string): number {
  let score = 0
  for (const word of words) {
    const at = within.indexOf(word)
    if (at < 0) return 0
    score += at === 0 ? 3 : within[at - 1] === ' ' ? 2 : 1
  }
  return score
}
