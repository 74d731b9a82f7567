import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'quiet';
type ButtonSize = 'normal' | 'small';

/** The class of a button, for links that look like one. */
export const buttonClass = (variant: ButtonVariant = 'primary', size: ButtonSize = 'normal') =>
  `btn btn-${variant}${size === 'small' ? ' btn-small' : ''}`;

type ButtonProps = ComponentProps<'button'> & { variant?: ButtonVariant; size?: ButtonSize };

/** One primary button a view; quiet for cancel and in rows; danger leads to a question and never acts at once. */
export function Button({
  variant = 'primary',
  size = 'normal',
  className = '',
  type = 'button',
  ...rest
}: ButtonProps) {
  return <button type={type} className={`${buttonClass(variant, size)} ${className}`} {...rest} />;
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: IconName;
  /** What it does: its name for screen readers and its tooltip. */
  label: string;
};

export function IconButton({ icon, label, className = '', type = 'button', ...rest }: IconButtonProps) {
  return (
    <button type={type} title={label} aria-label={label} className={`btn btn-quiet btn-icon ${className}`} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
