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
    sensitivity: { sensitive: 'Wrażliwe', restricted: 'Daleko idące' },
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
    leadsTo: 'Prowadzi do',
    describedAt: 'Opisuje się sama pod adresem',
    loopback: 'program na tym urządzeniu',
    ownScheme: 'aplikacja na tym urządzeniu',
    since: (date) => `Zarejestrowana tutaj ${date}.`,
    people: (atLeast) => `Korzysta z niej co najmniej ${atLeast} osób.`,
    fewPeople: 'Korzysta z niej mniej niż 10 osób.',
    warnings: {
      unverified:
        'Nikt nie sprawdził, kto wydaje tę aplikację. Kontynuuj tylko wtedy, gdy ją znasz i to Ty zaczynasz tę czynność.',
      selfRegistered:
        'Ta aplikacja zarejestrowała się sama: nikt jej nie sprawdził i żadna organizacja tutaj za nią nie odpowiada. Kontynuuj tylko wtedy, gdy ją znasz i to Ty zaczynasz tę czynność.',
      isNew: 'Jest tu nowa. Upewnij się, że to właśnie o nią chodzi.',
      changed: {
        name: 'Ma inną nazwę niż wtedy, gdy udzielono jej zgody.',
        logo: 'Ma inne logo niż wtedy, gdy udzielono jej zgody.',
        redirectHosts: 'Prowadzi w inne miejsca niż wtedy, gdy udzielono jej zgody.',
        keys: 'Potwierdza, kim jest, innymi kluczami niż wtedy, gdy udzielono jej zgody.',
      },
      onDevice:
        'Twoja odpowiedź trafi do programu na tym urządzeniu. Kontynuuj tylko wtedy, gdy ten program został przed chwilą uruchomiony przez Ciebie.',
    },
    account: 'Twoje konto',
    signedInAs: 'Zalogowano jako',
    switchAccount: 'Użyj innego konta',
    organization: 'Działa w Twoim imieniu w organizacji',
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
    next: 'Co dalej',
    nextText: (where) =>
      `Po wyrażeniu zgody wrócisz do: ${where}. Dostęp możesz zakończyć w każdej chwili w ustawieniach.`,
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
      text: 'Udzielono na nią odpowiedzi, minęła ponad godzina albo rozpoczęto ją w innej przeglądarce. Wróć do aplikacji i zacznij stamtąd od nowa.',
      home: 'Strona główna',
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
    warning:
      'Kontynuuj tylko wtedy, gdy masz to urządzenie przed sobą i to Ty zaczynasz tę czynność. Nikt, kto dzwoni lub pisze do Ciebie, nie potrzebuje, aby to zrobić.',
    nextText:
      'Po wyrażeniu zgody urządzenie przejdzie dalej samo. Dostęp możesz zakończyć w każdej chwili w ustawieniach.',
    allowed: { title: 'Zezwolono', text: 'Urządzenie przechodzi dalej samo. Możesz zamknąć tę stronę.' },
    cancelled: { title: 'Na nic nie zezwolono', text: 'Urządzenie dostanie tę informację. Możesz zamknąć tę stronę.' },
  },
  refused: {
    title: 'Stąd nie można przejść dalej',
    text: 'Aplikacja skierowała Cię tutaj z prośbą, która nie zgadza się z jej rejestracją. Nic nie otrzymała. Wróć do aplikacji, a jeśli to się powtórzy, powiadom jej twórców.',
    document:
      'Aplikacja, która Cię tutaj skierowała, opisuje się na własnej stronie, a tego opisu nie można teraz odczytać albo narusza on zasady. Nic nie otrzymała. Wróć do aplikacji, a jeśli to się powtórzy, powiadom jej twórców.',
    reference: 'Numer dla jej twórców',
    owner: 'To Twoja aplikacja: zobacz przyczynę i popraw',
    home: 'Strona główna',
  },
  busy: {
    title: 'Chwileczkę',
    text: 'Ta platforma nie może teraz odpowiedzieć. Nic, co zapisano, nie przepadło. Odczekaj chwilę i spróbuj ponownie.',
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
