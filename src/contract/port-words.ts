/**
 * How a page of the desktop application comes by the port that carries the contract. Its address ends in `?door=port`. It
 * posts PORT_ASKED to its own window, at first and whenever its port was closed, and hears PORT_GIVEN with a fresh port
 * in `event.ports[0]`. Once asked for, the port comes at any time: at once, or when the station is up.
 */
export const PORT_DOOR = '?door=port'
export const PORT_ASKED = 'signalbox:port?'
export const PORT_GIVEN = 'signalbox:port'
