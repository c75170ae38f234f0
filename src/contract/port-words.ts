/**
 * How a page of the desktop application comes by the port that carries the contract: it posts PORT_ASKED to its own
 * window, at first and whenever its port was closed, and hears PORT_GIVEN with a fresh port in `event.ports[0]`. The
 * answer comes at once, or when the station is up.
 */
export const PORT_ASKED = 'signalbox:port?'
export const PORT_GIVEN = 'signalbox:port'
