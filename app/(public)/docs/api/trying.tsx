'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import { Field } from '#components/field';

const Token = createContext('');

/** The token of the page's forms, only in this page's memory. */
export const useToken = (): string => useContext(Token);

/** Asks for the token once, for all forms of the page. */
export function TokenForTrying({ children }: { children: ReactNode }) {
  const [token, setToken] = useState('');
  return (
    <Token value={token}>
      <div className="mb-6 max-w-lg noscript:hidden">
        <Field
          label="API token for trying calls"
          hint="Calls that you try are real. The token stays in this page until you leave it."
          name="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="clt_pat_…"
          value={token}
          onChange={({ target }) => setToken(target.value)}
        />
      </div>
      {children}
    </Token>
  );
}
