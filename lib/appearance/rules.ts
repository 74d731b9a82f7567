import { type Environment, judgeText, judgeWebUri, refusal } from '../clients/rules.ts';
import type { Issue } from '../errors.ts';
import type { Appearance } from './appearance.ts';
import { isColour, isStyleValue } from './style-value.ts';

export type { Appearance } from './appearance.ts';

const bytesMax = 32 * 1024;
const titleLengthMax = 100;
const textLengthMax = 1000;
const themeVariablesMax = 100;
const textOverridesMax = 300;
const handleTypesMax = 10;
const pages = ['logoUri', 'faviconUri', 'supportUri', 'alternativeAuthUri'] as const;

/** Whether a page could show all this without harm: https addresses, colours, bounded texts. Every broken rule at once. */
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
    issues.push(refuse('pageBackgroundColor', 'Send a colour: #336699, a name, or rgb(…), hsl(…) and their like.'));
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
        refusal('themeVariables', 'appearance', `${JSON.stringify(name.slice(0, 80))} is no name of a variable.`),
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
      return [refusal('textOverrides', 'appearance', `${JSON.stringify(key.slice(0, 80))} is no key of a text.`)];
    const field = 'textOverrides';
    return judgeText(text, { field, rule: 'appearance', lengthMax: textLengthMax, lines: true }).map((issue) => ({
      ...issue,
      message: `${key}: ${issue.message}`,
    }));
  });
}
