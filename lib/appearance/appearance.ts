/** How a client wants the pages to look on which people meet it. Every member is a wish that may be left out. */
export type Appearance = {
  logoUri?: string;
  faviconUri?: string;
  pageTitle?: string;
  /** A colour as CSS writes it. */
  pageBackgroundColor?: string;
  showBadge?: boolean;
  storeLastFactor?: boolean;
  /** What people may sign in with: `email_address`, `phone_number`, … */
  handleTypes?: string[];
  supportUri?: string;
  alternativeAuthUri?: string;
  /** CSS variables by name. */
  themeVariables?: Record<string, string>;
  textOverrides?: Record<string, string>;
  dynamicFlow?: Record<string, unknown>;
  dynamicFlowEnabled?: boolean;
  /** What else was sent: kept for who sent it, used by nobody. */
  more?: Record<string, unknown>;
};
