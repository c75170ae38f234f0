/** What the tour shows, in the order of the half-second questions: which mode, is it safe, the money, the way out. */
interface TourStop {
  /** the part of the frame, as the page has it */
  readonly selector: string
  readonly title: string
  readonly text: string
}

export const TOUR_STOPS: readonly TourStop[] = [
  {
    selector: '.strip',
    title: 'Where you are',
    text: 'The colour and the word at the left say whether money and prices are real. Beside them: how old prices are, and the clock.',
  },
  {
    selector: '.modes',
    title: 'Which mode',
    text: 'How much risk may be taken now. Press one and it shows what would change before anything does; a pin holds it.',
  },
  {
    selector: '.vitals',
    title: 'Is it safe, and what is the money doing',
    text: 'Whether every position has its stop, then equity, profit and drawdown. The same on every screen.',
  },
  {
    selector: '.stop',
    title: 'The way out',
    text: 'Hold it, or the key K, to stop trading: resting entries are cancelled, nothing new is opened, stops stay in place.',
  },
  {
    selector: '.rail',
    title: 'Screens',
    text: 'One digit each. The Bridge to watch, the Journal to ask why, the Policy to decide.',
  },
  {
    selector: 'main',
    title: 'The work area',
    text: 'On the Bridge: limits with who set them, open positions, and every decision with its reason. A denial is the system at work.',
  },
  {
    selector: '.strip .btn',
    title: 'Everything else',
    text: 'Find or do anything from here, or press ? for all keys. The first steps and this tour are in it too.',
  },
]
