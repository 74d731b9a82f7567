import type { Texts } from './en.ts';

export const pl: Texts = {
  ownName: 'Polski',
  locale: 'pl-PL',
  languages: 'Język',
  skip: 'Przejdź do treści',
  app: {
    title: (name) => `${name}: kto prosi o dostęp`,
    by: 'Wydawca:',
    about: 'O aplikacji',
    noDescription: 'Wydawca nie dodał opisu.',
    scopes: 'O co może poprosić',
    scopesLead: 'Zawsze najpierw pytamy Ciebie i zawsze możesz odmówić.',
    noScopes: 'Nie prosi o nic na Twoim koncie.',
    links: 'Od wydawcy',
    linksLead: 'Te strony należą do wydawcy, a nie do tej platformy.',
    website: 'Strona internetowa',
    privacy: 'Polityka prywatności',
    terms: 'Warunki korzystania',
    noLinks: 'Nie podaje strony internetowej, polityki prywatności ani warunków korzystania.',
    registered: 'Zarejestrowana',
    claims: 'Nazwa, opis i odnośniki pochodzą od wydawcy.',
  },
  standing: {
    verified: {
      title: 'Zweryfikowana',
      text: 'Operator tej platformy sprawdził, kto wydaje tę aplikację.',
    },
    unverified: {
      title: 'Niezweryfikowana',
      text: 'Wydawca nie został zweryfikowany. Kontynuuj tylko wtedy, gdy wiesz, skąd pochodzi ta aplikacja, i spodziewasz się jej prośby.',
    },
    self_registered: {
      title: 'Zarejestrowana samodzielnie',
      text: 'Ta aplikacja zarejestrowała się sama: nikt jej nie sprawdził i żadna organizacja tutaj za nią nie odpowiada. Kontynuuj tylko wtedy, gdy wiesz, skąd pochodzi, i spodziewasz się jej prośby.',
    },
    suspended: {
      title: 'Zawieszona',
      text: 'Operator tej platformy zawiesił tę aplikację. Nie otrzymuje ona żadnego dostępu; nie podawaj jej żadnych informacji.',
    },
    disabled: {
      title: 'Wyłączona',
      text: 'Wydawca wyłączył tę aplikację. Obecnie nikt nie może z niej korzystać.',
    },
  },
  noSuchApp: {
    title: 'Nie ma tu zarejestrowanej aplikacji',
    text: 'Adres może zawierać błąd albo aplikacja mogła zostać usunięta. Jeśli skierowała Cię tu jakaś aplikacja, nie ufaj temu, co mówi o sobie.',
    home: 'Strona główna',
  },
};
