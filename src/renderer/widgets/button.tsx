/** Buttons are verbs. */
import type { ButtonHTMLAttributes, JSX } from 'react'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'quiet' | 'primary' | 'danger'
  readonly isBig?: boolean
}

export function Button({
  look = 'plain',
  isBig = false,
  className = '',
  type = 'button',
  ...rest
}: ButtonProps): JSX.Element {
  const looks = `btn ${look === 'plain' ? '' : look} ${isBig ? 'big' : ''} ${className}`
  return (
    <button {...rest} type={type === 'submit' ? 'submit' : 'button'} className={looks.replace(/\s+/g, ' ').trim()} />
  )
}
