import { type Environment, judgeText, judgeWebUri, refusal } from '#lib/clients/rules';
import type { Issue } from '#lib/kernel/errors';

const bytesMax = 32 * 1024;
const titleLengthMax = 100;
const textLengthMax = 1000;
const themeVariablesMax = 100;
const textOverridesMax = 300;
const handleTypesMax = 10;
const pages = ['logoUri', 'faviconUri', 'supportUri', 'alternativeAuthUri'] as const;

/** Judges an appearance: a page must be able to show it safely. URLs are https, colours and CSS values are harmless, texts are limited. */
export function judgeAppearance(appearance: Appearance, environment: Environment): Issue[] {
  const { pageTitle, pageBackgroundColor, handleTypes = [], themeVariables = {}, textOverrides = {} } = appearance;
  const refuse = (field: string, message: string) => refusal(field, 'appearance', message);
  const issues = pages.flatMap((field) => {
    const uri = appearance[field];
    return uri === undefined ? [] : judgeWebUri(uri, { field, rule: 'M13', environment });
  });
  if (pageTitle !== undefined)
    issues.push(...judgeText(pageTitle, { field: 'pageTitle', rule: 'appearance', lengthMax: titleLengthMax }));
  if (pageBackgroundColor !== undefined && !isColour(pageBackgroundColor))
    issues.push(
      refuse('pageBackgroundColor', 'Send a CSS colour: #336699, a name, or a function like rgb(…) or hsl(…).'),
    );
  if (handleTypes.length > handleTypesMax || !handleTypes.every((type) => /^[a-z][a-z_]{0,31}$/.test(type)))
    issues.push(refuse('handleTypes', `Send at most ${handleTypesMax} types, each of small letters and "_".`));
  issues.push(...judgeVariables(themeVariables), ...judgeOverrides(textOverrides));
  if (Buffer.byteLength(JSON.stringify(appearance)) > bytesMax)
    issues.push(refuse('appearance', `Shorten it to ${bytesMax} bytes altogether.`));
  return issues.filter(({ severity }) => severity !== 'warning');
}

function judgeVariables(variables: Record<string, string>): Issue[] {
  const all = Object.entries(variables);
  if (all.length > themeVariablesMax)
    return [refusal('themeVariables', 'appearance', `Send at most ${themeVariablesMax} variables.`)];
  return all.flatMap(([name, value]) => {
    if (!/^(?:--)?[A-Za-z][\w-]{0,63}$/.test(name))
      return [
        refusal('themeVariables', 'appearance', `${JSON.stringify(name.slice(0, 80))} is not the name of a variable.`),
      ];
    if (isStyleValue(value)) return [];
    return [
      refusal('themeVariables', 'appearance', `${name}: send a colour, a length or a list of fonts, without url().`),
    ];
  });
}

function judgeOverrides(overrides: Record<string, string>): Issue[] {
  const all = Object.entries(overrides);
  if (all.length > textOverridesMax)
    return [refusal('textOverrides', 'appearance', `Send at most ${textOverridesMax} texts.`)];
  return all.flatMap(([key, text]) => {
    if (!/^[\w.-]{1,128}$/.test(key))
      return [refusal('textOverrides', 'appearance', `${JSON.stringify(key.slice(0, 80))} is not the key of a text.`)];
    const field = 'textOverrides';
    return judgeText(text, { field, rule: 'appearance', lengthMax: textLengthMax, lines: true }).map((issue) => ({
      ...issue,
      message: `${key}: ${issue.message}`,
    }));
  });
}

/** The appearance that a client wants for the pages that show it to people (SlashID's UI configuration). Every member is optional. */
export type Appearance = {
  logoUri?: string;
  faviconUri?: string;
  pageTitle?: string;
  /** A CSS colour. */
  pageBackgroundColor?: string;
  showBadge?: boolean;
  storeLastFactor?: boolean;
  /** The kinds of identifiers that people may sign in with: `email_address`, `phone_number`, … */
  handleTypes?: string[];
  supportUri?: string;
  alternativeAuthUri?: string;
  /** CSS variables by name. */
  themeVariables?: Record<string, string>;
  textOverrides?: Record<string, string>;
  dynamicFlow?: Record<string, unknown>;
  dynamicFlowEnabled?: boolean;
  /** Members that this server does not know. They are stored and returned, and have no effect. */
  more?: Record<string, unknown>;
};

const valueLengthMax = 200;

const hexColour = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const colourName = /^[a-z]{3,30}$/i;
const colourFunction = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\((?:[\d\s.,%/+-]|deg|rad|turn|none)+\)$/i;

function isColour(text: string): boolean {
  return text.length <= 64 && (hexColour.test(text) || colourName.test(text) || colourFunction.test(text));
}

/**
 * Whether a text is harmless as the value of a CSS property: it has no end of a declaration, no comment, no escape and no URL, and every
 * bracket and quotation mark is closed.
 */
function isStyleValue(text: string): boolean {
  if (text.length > valueLengthMax || !/^[\w\s#%.,()/+*'"-]*$/.test(text) || /[\r\n\f]|\/\*|\*\//.test(text))
    return false;
  if (/(?:url|src|image|image-set|cross-fade|element|expression|attr|env|paint)\s*\(/i.test(text)) return false;
  const outside = text.replace(/"[^"']*"|'[^"']*'/g, '');
  let open = 0;
  for (const sign of outside) {
    if (sign === '(') open++;
    if (sign === ')' && --open < 0) return false;
  }
  return open === 0 && !/['"]/.test(outside);
}
