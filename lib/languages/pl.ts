import type { Texts } from './en.ts';

const rules = new Intl.PluralRules('pl');

/** 1 uprawnienie, 2 uprawnienia, 5 uprawnień. */
function plural(count: number, one: string, few: string, many: string): string {
  const form = rules.select(count);
  if (form === 'one') return one;
  return form === 'few' ? few : many;
}

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
    scopesLead: {
      once: 'Pytamy za pierwszym razem i możesz odmówić. Potem może wracać bez pytania, dopóki nie zechce więcej albo dopóki nie cofniesz dostępu.',
      each: 'Pytamy za każdym razem i możesz odmówić.',
    },
    noScopes: 'Nie prosi o nic na Twoim koncie.',
    sensitivity: { restricted: 'Daleko idące' },
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
    first_party: { title: 'Aplikacja platformy', text: 'Tę aplikację wydaje sama platforma.' },
    verified: {
      title: 'Zweryfikowana',
      text: 'Udowodniono, że każdy adres, do którego przenosi, należy do jej wydawcy.',
    },
    unverified: {
      title: 'Niezweryfikowana',
      text: 'Nie wiemy, kto tworzy tę aplikację. Kontynuuj tylko wtedy, gdy wiesz, skąd pochodzi, i spodziewasz się jej prośby.',
    },
    self_registered: {
      title: 'Zarejestrowana samodzielnie',
      text: 'Ta aplikacja zarejestrowała się tu sama i nikt za nią nie odpowiada. Kontynuuj tylko wtedy, gdy wiesz, skąd pochodzi, i spodziewasz się jej prośby.',
    },
    suspended: {
      title: 'Zawieszona',
      text: 'Ta platforma zawiesiła tę aplikację. Nie otrzymuje ona żadnego dostępu; nie podawaj jej żadnych informacji.',
    },
    disabled: {
      title: 'Wyłączona',
      text: 'Wydawca wyłączył tę aplikację. Obecnie nikt nie może z niej korzystać.',
    },
  },
  consent: {
    title: (name) => `${name} prosi o dostęp`,
    asks: 'prosi o dostęp do Twojego konta',
    verifiedAs: 'Zweryfikowano jako',
    leadsTo: 'Przenosi do',
    describedAt: 'Opisuje się sama pod adresem',
    loopback: 'Program na tym urządzeniu',
    ownScheme: 'Aplikacja na tym urządzeniu',
    facts: {
      publisher: 'Wydawca',
      claimed: 'Podaje, że jest od',
      none: 'Brak',
      registered: 'Zarejestrowana',
      users: 'Osoby',
      few: 'Mniej niż 10',
      atLeast: (count) => `Co najmniej ${count}`,
    },
    permissions: (count, farReaching) =>
      `${count} ${plural(count, 'uprawnienie', 'uprawnienia', 'uprawnień')}, ${farReaching === 0 ? 'żadnych daleko idących' : `w tym ${farReaching} ${plural(farReaching, 'daleko idące', 'daleko idące', 'daleko idących')}`}`,
    wholeName: 'Cała nazwa',
    warnings: {
      elsewhere: (host) => [
        'Prowadzi gdzie indziej.',
        `Ta aplikacja udowodniła, do kogo należy, ale ta prośba przenosi Cię do ${host}.`,
      ],
      device: [
        'Czy masz to urządzenie przed sobą?',
        'Kontynuuj tylko wtedy, gdy należy do Ciebie i pokazuje ten kod. Nasi pracownicy nigdy o to nie proszą.',
      ],
      changed: {
        name: ['Zmieniona, odkąd na nią zezwolono.', 'Ma inną nazwę.'],
        logo: ['Zmieniona, odkąd na nią zezwolono.', 'Ma inne logo.'],
        redirectHosts: ['Zmieniona, odkąd na nią zezwolono.', 'Przenosi w inne miejsca.'],
        keys: ['Zmieniona, odkąd na nią zezwolono.', 'Potwierdza, kim jest, innymi kluczami.'],
      },
      selfRegistered: (doThis) => ['Nikt nie odpowiada za tę aplikację.', `Zarejestrowała się tu sama. ${doThis}`],
      unverified: (doThis) => ['Aplikacja niezweryfikowana.', doThis],
      ifYouKnow: (host) => `Kontynuuj tylko wtedy, gdy znasz ${host}.`,
      ifYouStarted: 'Kontynuuj tylko wtedy, gdy właśnie ją uruchamiasz.',
    },
    moreToKnow: (count) =>
      count === 1 ? 'Jeszcze jedna rzecz do wiadomości' : `Jeszcze ${count} rzeczy do wiadomości`,
    toKnow: {
      maker: 'Nie wiemy, kto ją tworzy.',
      unchecked: 'Nikt nie sprawdził jej nazwy ani logo.',
      program: 'Odpowiedź trafi do programu na tym urządzeniu. Nie możemy stwierdzić, do którego.',
      scheme: 'Inna aplikacja na tym urządzeniu może używać tego samego adresu.',
      noHost: 'Nie podaje strony, do której należy.',
      isNew: 'Jest tu nowa. Upewnij się, że to właśnie o nią chodzi.',
      everyTime: 'Pytamy za każdym razem, bo to, co tam odpowiada, nie może udowodnić, czym jest.',
    },
    account: 'Twoje konto',
    signedInAs: 'Zalogowano jako',
    switchAccount: 'Użyj innego konta',
    organization: 'Dostęp do',
    access: 'Będzie mogła',
    accessBefore: 'Zgoda udzielona wcześniej',
    optional: 'Możesz też pozwolić jej',
    optionalLead: 'Działa także bez tego. Wybierz, co chcesz udostępnić.',
    nothing: 'Nic na Twoim koncie; dowie się tylko, że wyrażasz zgodę.',
    nothingUnless: 'Nic, chyba że wybierzesz to poniżej.',
    staysConnected: {
      title: 'Pozostanie połączona',
      session: 'Zachowa ten dostęp do chwili wylogowania się tutaj.',
      lasting: 'Zachowa ten dostęp do chwili jego cofnięcia, także gdy z niej nie korzystasz.',
    },
    nextText: (where) => `Jeśli zezwolisz, przejdziesz do: ${where}.`,
    takeBack: 'Dostęp możesz cofnąć w każdej chwili w sekcji',
    authorizedApps: 'Autoryzowane aplikacje',
    chooseOne: 'Wybierz co najmniej jedno albo anuluj.',
    sent: {
      title: 'Odpowiedź została wysłana',
      text: 'Jeśli aplikacja jest otwarta, możesz zamknąć tę kartę. Jeśli nic się nie stało, wróć do aplikacji i zacznij stamtąd od nowa.',
    },
    allow: 'Zezwól',
    cancel: 'Anuluj',
    moreAbout: 'Więcej o aplikacji',
    signIn: {
      title: 'Zaloguj się, aby odpowiedzieć',
      text: 'Aplikacja nie otrzyma niczego, zanim się nie zalogujesz i nie wyrazisz zgody.',
      again: 'Aplikacja chce, aby ponownie potwierdzić Twoją tożsamość.',
      button: 'Zaloguj się',
    },
    membersOnly: {
      title: 'Ta aplikacja nie jest dla Twojego konta',
      text: (publisher) =>
        `Mogą z niej korzystać tylko członkowie organizacji ${publisher}. Użyj innego konta albo wróć do aplikacji.`,
      back: 'Wróć do aplikacji',
    },
    over: {
      title: 'Ta prośba jest już nieaktualna',
      text: 'Udzielono na nią odpowiedzi, minęła ponad godzina rozpoczęto ją w innej przeglądarce albo aplikację zatrzymano. Wróć do aplikacji i zacznij stamtąd od nowa.',
    },
  },
  posting: {
    title: 'Powrót do aplikacji',
    text: 'Odpowiedź została udzielona. Naciśnij przycisk, aby przekazać ją aplikacji.',
    button: 'Wróć do aplikacji',
  },
  device: {
    title: 'Połącz urządzenie',
    lead: 'Wpisz kod, który pokazuje urządzenie.',
    code: 'Kod',
    hint: 'Osiem liter, na przykład BCDF-GHJK. Mogą być małe, z łącznikiem lub bez.',
    go: 'Dalej',
    unknown:
      'Żadne urządzenie nie czeka z tym kodem. Spójrz jeszcze raz na urządzenie: kod jest ważny dziesięć minut i działa raz.',
    tooMany: 'Wypróbowano zbyt wiele kodów. Odczekaj kilka minut.',
    asks: 'prosi o dostęp do Twojego konta z urządzenia',
    saysFrom: 'Podaje, że należy do',
    noHost: 'Nie podaje strony, do której należy.',
    membersOnly: (publisher) =>
      `Mogą z niej korzystać tylko członkowie organizacji ${publisher}. Użyj innego konta albo anuluj.`,
    sameNetwork: 'Urządzenie poprosiło z sieci, z której korzystasz.',
    otherNetwork: (network) =>
      `Urządzenie poprosiło z innej sieci niż Twoja: ${network}. Anuluj, jeśli powinno być obok Ciebie.`,
    compare: 'Urządzenie musi pokazywać dokładnie ten kod',
    nextText: 'Jeśli zezwolisz, urządzenie przejdzie dalej samo.',
    signIn: {
      title: 'Zaloguj się, aby zobaczyć, kto prosi',
      text: 'Urządzenie prosi o dostęp do konta. Nie otrzyma niczego, zanim się nie zalogujesz i nie wyrazisz zgody.',
    },
    allowed: { title: 'Zezwolono', text: 'Urządzenie przechodzi dalej samo. Możesz zamknąć tę stronę.' },
    cancelled: { title: 'Na nic nie zezwolono', text: 'Urządzenie dostanie tę informację. Możesz zamknąć tę stronę.' },
  },
  refused: {
    title: 'Stąd nie można przejść dalej',
    text: 'Aplikacja skierowała Cię tutaj z prośbą, która nie zgadza się z jej rejestracją. Nic nie otrzymała. Wróć do aplikacji, a jeśli to się powtórzy, powiadom jej twórców.',
    document:
      'Aplikacja, która Cię tutaj skierowała, opisuje się na własnej stronie, a tego opisu nie można teraz odczytać albo narusza on zasady. Nic nie otrzymała. Wróć do aplikacji, a jeśli to się powtórzy, powiadom jej twórców.',
    reference: 'Numer dla jej twórców',
    owner: 'To Twoja aplikacja. Zobacz, co zostało odrzucone.',
  },
  leaving: {
    title: 'Możesz zamknąć tę kartę',
    text: 'Twoja odpowiedź trafia do aplikacji. Jeśli się nie otworzyła, otwórz ją ponownie.',
    button: 'Otwórz aplikację ponownie',
    over: 'Aplikacja ma Twoją odpowiedź albo trwało to zbyt długo. Jeśli czegoś brakuje, zacznij od nowa w aplikacji.',
  },
  stopped: {
    suspended: {
      title: 'Ta aplikacja jest zawieszona',
      text: 'Zawiesiła ją ta platforma. Nic nie otrzymała i nie może używać Twojego konta. Nie podawaj jej haseł ani kodów i nie dokonuj w niej płatności.',
    },
    disabled: {
      title: 'Ta aplikacja jest wyłączona',
      text: 'Wyłączył ją wydawca i obecnie nikt nie może z niej korzystać. Nic nie otrzymała. Zapytaj wydawcę, kiedy wróci.',
    },
    owner: 'To Twoja aplikacja. Zobacz, dlaczego jest zatrzymana.',
  },
  cancelled: {
    title: 'Na nic nie zezwolono',
    text: 'Aplikacja nic nie otrzymała. Zarejestrowała się tu sama, a nie zalogowano się, więc nie wracasz do niej.',
  },
  ways: { apps: 'Zobacz swoje aplikacje', close: 'Możesz zamknąć tę kartę.' },
  busy: {
    title: 'Chwileczkę',
    text: 'Ta platforma nie może teraz odpowiedzieć. Nic, co zapisano, nie przepadło. Odczekaj chwilę i spróbuj ponownie.',
    sent: 'Ta platforma nie może teraz odpowiedzieć, a to, co zostało wysłane, nie zostało zapisane. Odczekaj chwilę, a potem odśwież tę stronę, aby wysłać to ponownie.',
    many: 'Z Twojej sieci przyszło zbyt wiele żądań. Aplikacja niczego nie otrzymała. Odczekaj minutę i spróbuj ponownie.',
    again: 'Spróbuj ponownie',
  },
  signOut: {
    title: 'Czy chcesz się wylogować?',
    asks: (name) => `Aplikacja ${name} pyta, czy chcesz się wylogować także tutaj.`,
    asksUnnamed: 'Aplikacja lub odnośnik pyta, czy chcesz się tutaj wylogować.',
    afterwards: (host) => `Potem przejdziesz do: ${host}.`,
    notUsed:
      'Żądanie, które Cię tu skierowało, nie zgadza się z rejestracją aplikacji. Nie zostanie użyte: potem zostaniesz tutaj.',
    text: 'Nastąpi wylogowanie tutaj, a każda aplikacja, która chce o tym wiedzieć, zostanie powiadomiona.',
    leave: 'Wyloguj tutaj',
    stay: 'Nie wylogowuj',
    done: 'Wylogowano',
    doneText: 'W tej przeglądarce żadne konto nie jest już zalogowane.',
    home: 'Strona główna',
  },
  noSuchApp: {
    title: 'Nie ma tu zarejestrowanej aplikacji',
    text: 'Adres może zawierać błąd albo aplikacja mogła zostać usunięta. Jeśli skierowała Cię tu jakaś aplikacja, nie ufaj temu, co mówi o sobie.',
    home: 'Strona główna',
  },
};
