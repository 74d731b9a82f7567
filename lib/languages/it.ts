import type { Texts } from './en.ts';

export const it: Texts = {
  ownName: 'Italiano',
  locale: 'it-IT',
  languages: 'Lingua',
  skip: 'Vai al contenuto',
  app: {
    title: (name) => `${name}: chi chiede l’accesso`,
    by: 'Pubblicata da',
    about: 'Informazioni sull’app',
    noDescription: 'Chi la pubblica non l’ha descritta.',
    scopes: 'Che cosa può chiedere di fare',
    scopesLead: 'Ti viene sempre chiesto prima, e puoi rifiutare.',
    noScopes: 'Non chiede nulla del tuo account.',
    sensitivity: { sensitive: 'Delicato', restricted: 'Di ampia portata' },
    links: 'Da chi la pubblica',
    linksLead: 'Queste pagine sono di chi pubblica l’app, non di questa piattaforma.',
    website: 'Sito web',
    privacy: 'Informativa sulla privacy',
    terms: 'Condizioni d’uso',
    noLinks: 'Non indica né sito web, né informativa sulla privacy, né condizioni d’uso.',
    registered: 'Registrata il',
    claims: 'Il nome, la descrizione e i link sono quelli scritti da chi la pubblica.',
  },
  standing: {
    first_party: { title: 'Della piattaforma', text: 'Questa app è della piattaforma stessa.' },
    verified: {
      title: 'Verificata',
      text: 'È stato dimostrato che ogni indirizzo a cui porta è di chi la pubblica.',
    },
    unverified: {
      title: 'Non verificata',
      text: 'Non sappiamo chi fa questa app. Continua solo se sai da dove viene e ti aspettavi la sua richiesta.',
    },
    self_registered: {
      title: 'Registrata da sé',
      text: 'Questa app si è registrata qui da sola e nessuno ne risponde. Continua solo se sai da dove viene e ti aspettavi la sua richiesta.',
    },
    suspended: {
      title: 'Sospesa',
      text: 'Questa piattaforma ha sospeso questa app. Non ottiene alcun accesso: non fornirle alcuna informazione.',
    },
    disabled: {
      title: 'Disattivata',
      text: 'Chi la pubblica l’ha disattivata. Al momento nessuno può usarla.',
    },
  },
  consent: {
    title: (name) => `${name} chiede l’accesso`,
    asks: 'chiede l’accesso al tuo account',
    verifiedAs: 'Verificata come',
    leadsTo: 'Rimanda a',
    describedAt: 'Si descrive da sola su',
    loopback: 'un programma su questo dispositivo',
    ownScheme: 'un’app su questo dispositivo',
    since: (date) => `Registrata qui: ${date}.`,
    people: (atLeast) => `La usano almeno ${atLeast} persone.`,
    fewPeople: 'La usano meno di 10 persone.',
    warnings: {
      unverified:
        'Nessuno ha controllato chi pubblica questa app. Continua solo se la conosci e hai iniziato tu questa operazione.',
      selfRegistered:
        'Questa app si è registrata da sola: nessuno l’ha controllata e qui nessuna organizzazione ne risponde. Continua solo se la conosci e hai iniziato tu questa operazione.',
      isNew: 'È nuova qui. Assicurati che sia quella che volevi.',
      changed: {
        name: 'Ha un nome diverso da quando le hai dato il consenso.',
        logo: 'Ha un logo diverso da quando le hai dato il consenso.',
        redirectHosts: 'Rimanda a indirizzi diversi da quando le hai dato il consenso.',
        keys: 'Dimostra chi è con chiavi diverse da quando le hai dato il consenso.',
      },
      onDevice:
        'La tua risposta va a un programma su questo dispositivo. Continua solo se hai appena avviato tu quel programma.',
    },
    account: 'Il tuo account',
    signedInAs: 'Hai effettuato l’accesso come',
    switchAccount: 'Usa un altro account',
    organization: 'Agisce per te nell’organizzazione',
    access: 'Potrà',
    accessBefore: 'L’hai già consentito',
    optional: 'Puoi anche permetterle di',
    optionalLead: 'Funziona anche senza. Scegli che cosa vuoi concedere.',
    nothing: 'Nulla nel tuo account; saprà soltanto che hai detto di sì.',
    nothingUnless: 'Nulla, se non ciò che scegli qui sotto.',
    staysConnected: {
      title: 'Rimanere connessi',
      session: 'Mantiene questo accesso finché non esci da qui.',
      lasting: 'Mantiene questo accesso finché non lo revochi, anche quando non la usi.',
    },
    next: 'Che cosa succede dopo',
    nextText: (where) =>
      `Se consenti, torni a ${where}. Puoi revocare l’accesso in qualsiasi momento nelle impostazioni.`,
    allow: 'Consenti',
    cancel: 'Annulla',
    moreAbout: 'Altre informazioni sull’app',
    signIn: {
      title: 'Accedi per rispondere',
      text: 'L’app non riceve nulla prima che tu abbia effettuato l’accesso e dato il consenso.',
      again: 'L’app vuole che dimostri ancora una volta chi sei.',
      button: 'Accedi',
    },
    membersOnly: {
      title: 'Questa app non è per il tuo account',
      text: (publisher) => `Possono usarla solo i membri di ${publisher}. Usa un altro account o torna all’app.`,
      back: 'Torna all’app',
    },
    over: {
      title: 'Questa richiesta non è più valida',
      text: 'Ha già avuto risposta, è passata più di un’ora, oppure è iniziata in un altro browser. Torna all’app e ricomincia da lì.',
      home: 'Pagina iniziale',
    },
  },
  posting: {
    title: 'Ritorno all’app',
    text: 'La tua risposta è stata data. Premi il pulsante per portarla all’app.',
    button: 'Torna all’app',
  },
  device: {
    title: 'Collega un dispositivo',
    lead: 'Scrivi il codice mostrato dal dispositivo.',
    code: 'Codice',
    hint: 'Otto lettere, come BCDF-GHJK. Vanno bene anche minuscole, con o senza trattino.',
    go: 'Continua',
    unknown:
      'Nessun dispositivo è in attesa con questo codice. Guarda di nuovo il dispositivo: un codice dura dieci minuti e vale una volta sola.',
    tooMany: 'Sono stati provati troppi codici. Attendi qualche minuto.',
    asks: 'chiede l’accesso al tuo account da un dispositivo',
    saysFrom: 'Dichiara di appartenere a',
    noHost: 'Non indica alcun sito web a cui appartiene.',
    membersOnly: (publisher) => `Possono usarla solo i membri di ${publisher}. Usa un altro account o annulla.`,
    sameNetwork: 'Il dispositivo ha chiesto dalla rete che stai usando.',
    otherNetwork: (network) =>
      `Il dispositivo ha chiesto da una rete diversa dalla tua: ${network}. Annulla se dovrebbe essere accanto a te.`,
    compare: 'Il tuo dispositivo deve mostrare esattamente questo codice',
    warning:
      'Continua solo se hai il dispositivo davanti a te e hai iniziato tu questa operazione. Chi ti telefona o ti scrive non ha bisogno che tu lo faccia.',
    nextText:
      'Se consenti, il dispositivo prosegue da solo. Puoi revocare l’accesso in qualsiasi momento nelle impostazioni.',
    allowed: { title: 'Accesso consentito', text: 'Il dispositivo prosegue da solo. Puoi chiudere questa pagina.' },
    cancelled: {
      title: 'Nulla è stato consentito',
      text: 'Il dispositivo ne viene informato. Puoi chiudere questa pagina.',
    },
  },
  refused: {
    title: 'Da qui non puoi continuare',
    text: 'Un’app ti ha mandato qui con una richiesta che non corrisponde a come è registrata. Non ha ricevuto nulla. Torna all’app e, se succede di nuovo, avvisa chi la sviluppa.',
    document:
      'L’app che ti ha mandato qui si descrive su un sito suo, e in questo momento quella descrizione non si può leggere o non rispetta una regola. Non ha ricevuto nulla. Torna all’app e, se succede di nuovo, avvisa chi la sviluppa.',
    reference: 'Riferimento per chi la sviluppa',
    owner: 'Quest’app è tua: guarda perché e correggi',
    home: 'Pagina iniziale',
  },
  busy: {
    title: 'Un momento',
    text: 'Questa piattaforma non può rispondere in questo momento. Nulla di quanto salvato è andato perso. Aspetta un po’ e riprova.',
    many: 'Dalla tua rete sono arrivate troppe richieste. Nulla è stato concesso all’app. Aspetta un minuto e riprova.',
    again: 'Riprova',
  },
  signOut: {
    title: 'Vuoi uscire?',
    asks: (name) => `${name} chiede se vuoi uscire anche da qui.`,
    asksUnnamed: 'Un’app o un link chiede se vuoi uscire da qui.',
    afterwards: (host) => `Dopo vai a ${host}.`,
    notUsed:
      'La richiesta che ti ha portato qui non corrisponde a come l’app è registrata. Non viene usata: dopo resti qui.',
    text: 'Uscirai da qui, e ogni app che vuole saperlo ne sarà informata.',
    leave: 'Esci da qui',
    stay: 'Non uscire',
    done: 'Uscita effettuata',
    doneText: 'In questo browser non c’è più nessun account connesso.',
    home: 'Pagina iniziale',
  },
  noSuchApp: {
    title: 'Qui non è registrata nessuna app',
    text: 'L’indirizzo può essere sbagliato, o l’app può essere stata eliminata. Se è stata un’app a mandarti qui, non fidarti di ciò che dice di sé.',
    home: 'Pagina iniziale',
  },
};
