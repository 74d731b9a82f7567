import type { ComponentProps } from 'react';

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';
type ButtonSize = 'normal' | 'small';

const base =
  'inline-flex items-center justify-center gap-2 rounded-control border font-medium motion-safe:transition-colors disabled:opacity-60';
const sizes: Record<ButtonSize, string> = {
  normal: 'min-h-10 px-4 py-2 pointer-coarse:min-h-11',
  small: 'min-h-8 px-3 py-1 text-sm pointer-coarse:min-h-11',
};
const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-sunken',
  danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-strong',
  quiet: 'border-transparent text-accent hover:bg-sunken',
};

/** The class of a button, for links that look like one. */
export const buttonClass = (variant: ButtonVariant = 'primary', size: ButtonSize = 'normal') =>
  `${base} ${sizes[size]} ${variants[variant]}`;

type ButtonProps = ComponentProps<'button'> & { variant?: ButtonVariant; size?: ButtonSize };

export function Button({ variant = 'primary', size, className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${buttonClass(variant, size)} ${className}`} {...rest} />;
}
